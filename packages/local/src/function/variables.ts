import { randomUUID } from "node:crypto";
import { type Endpoints, type FunctionDefinition, REGION } from "../cloud.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { credentialsOf } from "../iam/principals.ts";

/**
 * Variables that lead every AWS SDK to the engines on this machine, with the
 * local cloud's credentials and without any file of the person who runs it.
 */
export function engineVariables(endpoints: Endpoints): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: endpoints.dynamodb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SNS: endpoints.sqs,
    AWS_ENDPOINT_URL_SES: endpoints.ses,
    AWS_ENDPOINT_URL_SESV2: endpoints.ses,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoints.cognito,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
    AWS_ENDPOINT_URL_CLOUDFRONT: endpoints.cloudfront,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
    // s3rver does not know the checksum trailers that newer SDKs send.
    AWS_REQUEST_CHECKSUM_CALCULATION: "WHEN_REQUIRED",
    AWS_RESPONSE_CHECKSUM_VALIDATION: "WHEN_REQUIRED",
    // The SDK finds these files by the user's home folder even without HOME.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** SST's way to hand over links on AWS (an encrypted file in the package); here `SST_RESOURCES_JSON` does. */
const REPLACED_BY_LINKS = ["SST_KEY", "SST_KEY_FILE"];

/**
 * The whole environment of one execution environment: what Lambda defines,
 * over the function's own variables and links, over `base`.
 */
export function functionVariables(
  definition: FunctionDefinition,
  base: Readonly<Record<string, string>>,
): Record<string, string> {
  const { accessKeyId, secretAccessKey } = credentialsOf(definition.name);
  const own = Object.entries(definition.environment).filter(([name]) => !REPLACED_BY_LINKS.includes(name));
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    ...base,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...Object.fromEntries(own),
    SST_RESOURCES_JSON: JSON.stringify(definition.links),
    _HANDLER: definition.handler,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(),
    LAMBDA_TASK_ROOT: definition.folder,
  };
}

/** One per execution environment: `2026/11/21/[$LATEST]0f…`. */
function logStreamName(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
  return `${day}/[$LATEST]${randomUUID().replaceAll("-", "")}`;
}
