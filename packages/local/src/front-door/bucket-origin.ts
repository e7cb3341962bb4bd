import { REGION } from "../cloud.ts";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { policyAllows } from "../engine/s3-guard-policy.ts";
import { awsEncode, signHeaders } from "../engine/s3-guard-signature.ts";
import { httpOrigin } from "./http-origin.ts";
import { type Headers, type Origin, OriginError, type OriginResponse } from "./origin.ts";

/** What S3 looks at. All else stays at the front door, so that a viewer's cookies do not reach the store. */
const PASSED_ON = [
  "range",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "origin",
  "access-control-request-method",
  "access-control-request-headers",
];
const CREDENTIAL = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };

/**
 * A bucket behind an origin access control ("Restrict access to an Amazon S3
 * origin"): the front door signs, and the bucket's policy must let CloudFront
 * read. As on S3, an object that does not exist is told from a forbidden one
 * only by those who may list the bucket.
 *
 * @param policies the bucket's policies, JSON, asked for at each request
 */
export function bucketOrigin(options: {
  readonly bucket: string;
  /** In whose name the bucket is asked. */
  readonly distributionArn: string;
  /** Address of the object store. */
  readonly endpoint: string;
  policies(): readonly string[];
}): Origin {
  const { bucket, endpoint, distributionArn: sourceArn } = options;
  const send = httpOrigin(endpoint);
  const arn = `arn:aws:s3:::${bucket}`;
  return async (request) => {
    const { method } = request;
    // An upload form brings its own signature and goes to the bucket itself; a presigned address keeps what was signed.
    const isFormPost = method === "POST" && request.path === "/" && isForm(request.headers);
    const isSignedPut = method === "PUT" && /(^|&)X-Amz-Signature=/.test(request.rawQueryString);
    if (isFormPost || isSignedPut) {
      const { "content-type": type, "content-length": length } = request.headers;
      const headers: Headers = {
        ...(type ? { "content-type": type } : {}),
        ...(length ? { "content-length": length } : {}),
      };
      const target = isFormPost
        ? { path: `/${bucket}`, rawQueryString: "" }
        : { path: `/${bucket}${request.path}` };
      return send({ ...request, ...target, headers });
    }
    if (!["GET", "HEAD", "OPTIONS"].includes(method)) return accessDenied();
    const key = decodeKey(request.path);
    const policies = options.policies();
    const may = (action: string, resource: string) =>
      policyAllows(policies, { principal: "cloudfront.amazonaws.com", action, resource, sourceArn });
    if (key === "" || !may("s3:GetObject", `${arn}/${key}`)) return accessDenied();
    const path = `/${bucket}/${key.split("/").map(awsEncode).join("/")}`;
    const kept = PASSED_ON.flatMap((name) => (request.headers[name] ? [[name, request.headers[name]]] : []));
    const signed = signHeaders({ method, target: path, host: new URL(endpoint).host }, CREDENTIAL, REGION);
    const headers: Headers = { ...Object.fromEntries(kept), ...signed };
    const response = await send({ ...request, path, rawQueryString: "", body: undefined, headers });
    if (response.statusCode === 404 && !may("s3:ListBucket", arn)) {
      if (typeof response.body !== "string" && !Buffer.isBuffer(response.body)) response.body.resume();
      return accessDenied();
    }
    return response;
  };
}

function isForm(headers: Headers): boolean {
  return String(headers["content-type"]).toLowerCase().startsWith("multipart/form-data");
}

function decodeKey(path: string): string {
  try {
    return decodeURIComponent(path.slice(1));
  } catch (error) {
    if (error instanceof URIError) throw new OriginError(400, "The path is no valid percent-encoded UTF-8.");
    throw error;
  }
}

function accessDenied(): OriginResponse {
  return {
    statusCode: 403,
    headers: { "content-type": "application/xml" },
    body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
  };
}
