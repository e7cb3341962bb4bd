import type { Cloud, Providers } from "../cloud.ts";
import { findDeclaration } from "../declaration.ts";
import type { Provisioned, ProvisionRequest } from "../resource.ts";
import { apigatewayv2Providers } from "./apigatewayv2.ts";
import { cloudfrontProviders, cloudfrontUnneeded } from "./cloudfront.ts";
import { cloudwatchProviders } from "./cloudwatch.ts";
import { cognitoProviders } from "./cognito.ts";
import { commandProviders } from "./command.ts";
import { dynamicProviders } from "./dynamic.ts";
import { dynamodbProviders } from "./dynamodb.ts";
import { eventsProviders } from "./events.ts";
import { iamProviders } from "./iam.ts";
import { lambdaProviders } from "./lambda.ts";
import { opensearchProviders } from "./opensearch.ts";
import { randomProviders } from "./random.ts";
import { s3Providers } from "./s3.ts";
import { s3NotificationProviders } from "./s3-notification.ts";
import { schedulerProviders } from "./scheduler.ts";
import { sesProviders } from "./ses.ts";
import { sqsProviders } from "./sqs.ts";
import { unneeded } from "./unneeded.ts";

const providers: Providers = {
  ...apigatewayv2Providers,
  ...cloudfrontProviders,
  ...cloudwatchProviders,
  ...cognitoProviders,
  ...commandProviders,
  ...dynamicProviders,
  ...dynamodbProviders,
  ...eventsProviders,
  ...iamProviders,
  ...lambdaProviders,
  ...opensearchProviders,
  ...randomProviders,
  ...s3Providers,
  ...s3NotificationProviders,
  ...schedulerProviders,
  ...sesProviders,
  ...sqsProviders,
};

/**
 * Makes a declared resource real on this machine.
 * @throws Error when the type is not known or its provider fails; the synthesis names the resource, its
 * component and, where it knows it, the file that declares it
 */
export async function provision(request: ProvisionRequest, cloud: Cloud): Promise<Provisioned> {
  const provider = providers[request.type];
  if (provider) return provider(request, cloud);
  if (request.type in unneeded || request.type in cloudfrontUnneeded) return { id: request.name, state: {} };
  const component = request.parent?.split("::").at(-1) ?? request.name;
  const declared = request.declaredAt ? undefined : findDeclaration(cloud.root, component);
  const owner = declared ? ` It belongs to "${declared.name}" (${declared.place}).` : "";
  throw new Error(`the local cloud has no provider for this type.${owner}`);
}
