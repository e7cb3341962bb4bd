import { ACCOUNT_ID, REGION } from "../cloud.ts";
import { functionName } from "../function/service.ts";
import type { Access } from "./judge.ts";

/** A call of an AWS SDK, as it arrives at an engine. */
export interface ServiceRequest {
  readonly method: string;
  /** Path and query as they are on the wire. */
  readonly target: string;
  /** `X-Amz-Target`, which names the operation in JSON protocols. */
  readonly operation: string | undefined;
  readonly body: string;
}

/**
 * What a call needs to be allowed ("Actions, resources, and condition keys" of the service authorization
 * reference). An operation that is not known here needs an action of its own name, which no policy allows.
 */
export type ReadAccesses = (request: ServiceRequest) => Access[];

export type Json = Readonly<Record<string, unknown>>;

export const operationOf = ({ operation }: ServiceRequest) =>
  operation?.split(".").at(-1) ?? "UnknownOperation";
export const parse = ({ body }: ServiceRequest): Json => (body === "" ? {} : (JSON.parse(body) as Json));

/** Batches are allowed by the action of one message. */
const SQS_BATCHES: Readonly<Record<string, string>> = {
  SendMessageBatch: "SendMessage",
  DeleteMessageBatch: "DeleteMessage",
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
};

export const sqsAccesses: ReadAccesses = (request) => {
  const operation = operationOf(request);
  const { QueueUrl, QueueName } = parse(request);
  const name = String(
    QueueName ??
      String(QueueUrl ?? "")
        .split("/")
        .at(-1),
  );
  const action = `sqs:${SQS_BATCHES[operation] ?? operation}`;
  return [{ action, resource: `arn:aws:sqs:${REGION}:${ACCOUNT_ID}:${name}` }];
};

/** Operations that anybody may call, with a client's id and no credentials. */
const PUBLIC_COGNITO =
  /^(SignUp|ConfirmSignUp|ResendConfirmationCode|InitiateAuth|RespondToAuthChallenge|ForgotPassword|ConfirmForgotPassword|GetUser|GlobalSignOut|RevokeToken|GetTokensFromRefreshToken|ChangePassword|UpdateUserAttributes|VerifyUserAttribute|GetUserAttributeVerificationCode|DeleteUser|DeleteUserAttributes|AssociateSoftwareToken|VerifySoftwareToken|SetUserMFAPreference)$/;

export const cognitoAccesses: ReadAccesses = (request) => {
  const operation = operationOf(request);
  if (PUBLIC_COGNITO.test(operation)) return [];
  const { UserPoolId } = parse(request);
  const resource = `arn:aws:cognito-idp:${REGION}:${ACCOUNT_ID}:userpool/${String(UserPoolId)}`;
  return [{ action: `cognito-idp:${operation}`, resource }];
};

export const lambdaAccesses: ReadAccesses = ({ target }) => {
  const name = functionName(decodeURIComponent(/\/functions\/([^/?]+)/.exec(target)?.[1] ?? ""));
  const resource = `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;
  return [{ action: "lambda:InvokeFunction", resource }];
};

/** An S3 call. Paths have the bucket in front, since addresses here are by number. */
export const s3Accesses: ReadAccesses = ({ method, target, body }) => {
  const [pathname = "/", search = ""] = target.split("?");
  const query = new URLSearchParams(search);
  const [bucket = "", ...rest] = decodeURIComponent(pathname).slice(1).split("/");
  const key = rest.join("/");
  if (key === "" && isManyDeletions(method, query)) {
    return keysIn(body).map((one) => ({
      action: "s3:DeleteObject",
      resource: `arn:aws:s3:::${bucket}/${one}`,
    }));
  }
  if (key === "") return [{ action: bucketAction(method, query), resource: `arn:aws:s3:::${bucket}` }];
  return [{ action: objectAction(method, query), resource: `arn:aws:s3:::${bucket}/${key}` }];
};

/** `DeleteObjects`, which is allowed key by key, and whose keys are in its body. */
export function isManyDeletions(method: string, query: URLSearchParams): boolean {
  return method === "POST" && query.has("delete");
}

const XML_ESCAPES: Readonly<Record<string, string>> = { amp: "&", apos: "'", gt: ">", lt: "<", quot: '"' };

function keysIn(xml: string): string[] {
  return [...xml.matchAll(/<Key>(.*?)<\/Key>/gs)].map(([, escaped = ""]) =>
    escaped.replaceAll(/&(?:#(x?)([0-9a-f]+)|(\w+));/gi, (_, hex, code, name) =>
      code ? String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)) : (XML_ESCAPES[name] ?? ""),
    ),
  );
}

function bucketAction(method: string, query: URLSearchParams): string {
  if (query.has("location")) return "s3:GetBucketLocation";
  if (query.has("uploads")) return "s3:ListBucketMultipartUploads";
  if (method === "GET" || method === "HEAD") return "s3:ListBucket";
  return `s3:${method === "PUT" ? "CreateBucket" : method === "DELETE" ? "DeleteBucket" : "UnknownOperation"}`;
}

function objectAction(method: string, query: URLSearchParams): string {
  const suffix = query.has("tagging") ? "Tagging" : query.has("acl") ? "Acl" : "";
  if (method === "GET" && query.has("uploadId")) return "s3:ListMultipartUploadParts";
  if (method === "GET" || method === "HEAD") return `s3:GetObject${suffix}`;
  if (method === "DELETE")
    return query.has("uploadId") ? "s3:AbortMultipartUpload" : `s3:DeleteObject${suffix}`;
  return `s3:PutObject${suffix}`;
}
