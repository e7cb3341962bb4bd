import path from "node:path";
import { ACCOUNT_ID, type Cloud, type Endpoints, type Log } from "./cloud.ts";
import type { DataFolder } from "./data-folder.ts";
import { startOpensearch } from "./engine/opensearch.ts";
import { startS3Guard } from "./engine/s3-guard.ts";
import { type Engines, startEngines } from "./engines.ts";
import { withDeliveryFaults } from "./fault/deliveries.ts";
import { environmentFaults } from "./fault/environments.ts";
import type { Faults } from "./fault/faults.ts";
import { openGate } from "./fault/gate.ts";
import { startKills } from "./fault/kills.ts";
import type { CallFault } from "./fault/plan.ts";
import type { KeptCertificate } from "./front-door/certificate-file.ts";
import { startCloudfrontApi } from "./front-door/cloudfront-api.ts";
import type { FrontDoor } from "./front-door/front-door.ts";
import { createDestinations } from "./function/destination.ts";
import { startInvokeApi } from "./function/invoke-api.ts";
import type { CallObserver } from "./function/observer.ts";
import { createFunctionService } from "./function/service.ts";
import { engineVariables } from "./function/variables.ts";
import { cognitoAccesses, lambdaAccesses, type ReadAccesses, sqsAccesses } from "./iam/accesses.ts";
import { dynamodbAccesses, type TableNames } from "./iam/dynamodb-accesses.ts";
import { startGuard } from "./iam/guard.ts";
import { createIam } from "./iam/iam.ts";
import { mailSender } from "./mail.ts";
import { partitionKeyOf, type TableInputs } from "./provider/dynamodb-declaration.ts";
import type { Resource } from "./resource.ts";
import type { Stops } from "./stops.ts";
import { startUserPools } from "./user-pool/server.ts";

/** What is there before the program declares anything. */
export interface Services
  extends Pick<Cloud, "endpoints" | "functions" | "destinations" | "userPools" | "iam"> {
  readonly engines: Engines;
}

/** Starts the engines and what stands on them; each part adds how it is stopped. */
export async function startServices(options: {
  readonly data: DataFolder;
  readonly stops: Stops;
  readonly frontDoor: Pick<FrontDoor, "invalidate">;
  readonly certificate: KeptCertificate;
  /** What the program has declared so far; it grows. */
  readonly resources: readonly Resource[];
  /** What goes wrong on purpose, when something shall. */
  readonly faults: Faults | undefined;
  /** Starts a real OpenSearch as well, unless `OPENSEARCH_URL` names one. */
  readonly opensearch?: boolean;
  readonly observer: CallObserver;
  readonly log: Log;
  fail(reason: Error): void;
}): Promise<Services> {
  const { data, stops, frontDoor, certificate, faults, observer, log, fail } = options;
  const engines = await startEngines(data, { log, onGone: fail });
  stops.add(() => engines.stop());
  const opensearch = options.opensearch ? await openOpensearch(options) : undefined;
  const iam = createIam(log);
  const guard = await startS3Guard({ target: engines.s3.url, port: await data.port("s3"), iam, log });
  stops.add(() => guard.stop());
  const cloudfront = await startCloudfrontApi({ frontDoor, port: await data.port("cloudfront"), iam, log });
  stops.add(() => cloudfront.stop());
  const cognitoPort = await data.port("cognito");
  const lambdaPort = await data.port("lambda engine");
  const guardOf = async (name: string, readAccesses: ReadAccesses, target: () => string) => {
    const started = await startGuard({ target, port: await data.port(name), iam, readAccesses });
    stops.add(() => started.stop());
    return started.url;
  };
  const gateOf = async (service: CallFault["service"], target: string) => {
    if (!faults) return { url: target };
    const gate = await openGate({ service, target, port: await data.port(`${service} gate`), faults, iam });
    stops.add(() => gate.stop());
    return gate;
  };
  const tableGate = await gateOf(
    "dynamodb",
    await guardOf("dynamodb", dynamodbAccesses(tableNames(options.resources)), () => engines.dynamodb.url),
  );
  const endpoints: Endpoints = {
    dynamodb: tableGate.url,
    s3: (await gateOf("s3", guard.url)).url,
    sqs: (await gateOf("sqs", await guardOf("sqs", sqsAccesses, () => engines.sqs.url))).url,
    ses: engines.ses.url,
    cognito: `http://127.0.0.1:${cognitoPort}`,
    lambda: (
      await gateOf("lambda", await guardOf("lambda", lambdaAccesses, () => `http://127.0.0.1:${lambdaPort}`))
    ).url,
    cloudfront: cloudfront.url,
    ...(opensearch ? { opensearch } : {}),
  };
  // The engine's own address is the issuer of its tokens, so that only functions go through the guard.
  const cognitoGuard = await guardOf("cognito guard", cognitoAccesses, () => endpoints.cognito);
  const { url: cognitoGate } = await gateOf("cognito", cognitoGuard);
  const destinations = createDestinations(endpoints, {
    invokeAsync: (nameOrArn, event) => functions.invokeAsync(nameOrArn, event),
  });
  stops.add(() => destinations.stop());
  const service = createFunctionService({
    baseEnvironment: ({ name }) => ({
      ...(faults ? environmentFaults(name, faults) : {}),
      ...engineVariables({ ...endpoints, cognito: cognitoGate }),
      // Node reads the certificates that it trusts at its start.
      NODE_EXTRA_CA_CERTS: certificate.file,
    }),
    destinations,
    observer,
    log,
  });
  const functions = faults ? withDeliveryFaults(service, faults) : service;
  stops.add(() => functions.stop());
  if (faults && "inSilence" in tableGate) stops.add(startKills(engines, { dynamodb: tableGate }, faults));
  const invokeApi = await startInvokeApi({ functions, port: lambdaPort });
  stops.add(() => invokeApi.stop());
  const userPools = await startUserPools({
    dataFolder: data.path,
    port: cognitoPort,
    sendMail: mailSender(engines.ses.url),
    invokeTrigger: functions.invoke,
    log,
  });
  stops.add(() => userPools.stop());
  return { engines, endpoints, functions, destinations, userPools, iam };
}

/** Tables by their names, as the program declares them. ARNs are the engine's own, which the program gets. */
function tableNames(resources: readonly Resource[]): TableNames {
  // Asked for at every call to a table, and there are hundreds of resources.
  const found = new Map<string, TableInputs>();
  const tableOf = (name: string) => {
    const inputs =
      found.get(name) ??
      (resources.find(({ type, inputs }) => type === "aws:dynamodb/table:Table" && inputs.name === name)
        ?.inputs as TableInputs | undefined);
    if (inputs) found.set(name, inputs);
    return inputs;
  };
  return {
    arnOf: (name) => `arn:aws:dynamodb:ddblocal:${ACCOUNT_ID}:table/${name}`,
    partitionKeyOf(tableName, indexName) {
      const table = tableOf(tableName);
      return table && partitionKeyOf(table, indexName);
    },
  };
}

async function openOpensearch({
  data,
  stops,
  log,
  fail,
}: Parameters<typeof startServices>[0]): Promise<string> {
  const running = process.env.OPENSEARCH_URL;
  if (running) return running;
  const engine = await startOpensearch({
    dataFolder: path.join(data.path, "opensearch"),
    port: await data.port("opensearch"),
    log,
    onGone: fail,
  });
  stops.add(() => engine.stop());
  return engine.url;
}
