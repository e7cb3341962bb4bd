import path from "node:path";
import type { Cloud, Endpoints, Log } from "./cloud.ts";
import type { DataFolder } from "./data-folder.ts";
import { startOpensearch } from "./engine/opensearch.ts";
import { startS3Guard } from "./engine/s3-guard.ts";
import { type Engines, startEngines } from "./engines.ts";
import { createDestinations } from "./function/destination.ts";
import { startInvokeApi } from "./function/invoke-api.ts";
import { createFunctionService } from "./function/service.ts";
import { engineVariables } from "./function/variables.ts";
import { mailSender } from "./mail.ts";
import type { Stops } from "./stops.ts";
import { startUserPools } from "./user-pool/server.ts";

/** What is there before the program declares anything. */
export interface Services extends Pick<Cloud, "endpoints" | "functions" | "destinations" | "userPools"> {
  readonly engines: Engines;
}

/** Starts the engines and what stands on them; each part adds how it is stopped. */
export async function startServices(options: {
  readonly data: DataFolder;
  readonly stops: Stops;
  /** Starts a real OpenSearch as well, unless `OPENSEARCH_URL` names one. */
  readonly opensearch?: boolean;
  readonly log: Log;
  fail(reason: Error): void;
}): Promise<Services> {
  const { data, stops, log, fail } = options;
  const engines = await startEngines(data, { log, onGone: fail });
  stops.add(() => engines.stop());
  const opensearch = options.opensearch ? await openOpensearch(options) : undefined;
  const guard = await startS3Guard({ target: engines.s3.url, port: await data.port("s3"), log });
  stops.add(() => guard.stop());
  const cognitoPort = await data.port("cognito");
  const lambdaPort = await data.port("lambda");
  const endpoints: Endpoints = {
    dynamodb: engines.dynamodb.url,
    s3: guard.url,
    sqs: engines.sqs.url,
    ses: engines.ses.url,
    cognito: `http://127.0.0.1:${cognitoPort}`,
    lambda: `http://127.0.0.1:${lambdaPort}`,
    ...(opensearch ? { opensearch } : {}),
  };
  const destinations = createDestinations(endpoints, {
    invokeAsync: (nameOrArn, event) => functions.invokeAsync(nameOrArn, event),
  });
  stops.add(() => destinations.stop());
  const functions = createFunctionService({
    baseEnvironment: () => engineVariables(endpoints),
    destinations,
    log,
  });
  stops.add(() => functions.stop());
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
  return { engines, endpoints, functions, destinations, userPools };
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
