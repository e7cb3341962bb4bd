import type { Cloud, Endpoints, Log } from "./cloud.ts";
import type { DataFolder } from "./data-folder.ts";
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
  readonly log: Log;
  fail(reason: Error): void;
}): Promise<Services> {
  const { data, stops, log, fail } = options;
  const engines = await startEngines(data, { log, onGone: fail });
  stops.add(() => engines.stop());
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
