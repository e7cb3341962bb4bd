/** A bucket policy as `aws:s3/bucketPolicy:BucketPolicy` declares it. */
interface PolicyDocument {
  readonly Statement?: readonly Statement[] | Statement;
}

interface Statement {
  readonly Effect?: string;
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A request that brings no credentials of the account. */
export interface PolicyRequest {
  /** Nobody in particular, or CloudFront with an origin access control. */
  readonly principal: "anonymous" | "cloudfront.amazonaws.com";
  /** For instance `s3:GetObject`. */
  readonly action: string;
  /** For instance `arn:aws:s3:::bucket/key`. */
  readonly resource: string;
  /** The resource in whose name a service asks, `aws:SourceArn`: for CloudFront the distribution. */
  readonly sourceArn?: string;
}

/**
 * Whether bucket policies let a request through ("How Amazon S3 authorizes a
 * request"): a matching allowance is needed and a matching denial wins.
 * Requests count as encrypted, since on AWS they are; conditions that are not
 * known here make an allowance void and let a denial hold.
 *
 * @param policies JSON documents
 */
export function policyAllows(policies: readonly string[], request: PolicyRequest): boolean {
  const matching = policies
    .flatMap((policy) => [(JSON.parse(policy) as PolicyDocument).Statement ?? []].flat())
    .filter(
      (statement) =>
        isPrincipal(statement.Principal, request.principal) &&
        matchesAny(statement.Action, request.action) &&
        matchesAny(statement.Resource, request.resource),
    );
  const denied = matching.some((one) => one.Effect === "Deny" && conditionsHold(one, request, true));
  return !denied && matching.some((one) => one.Effect !== "Deny" && conditionsHold(one, request, false));
}

function isPrincipal(declared: Statement["Principal"], principal: PolicyRequest["principal"]): boolean {
  if (declared === undefined) return false;
  if (declared === "*") return true;
  if ([declared.AWS ?? []].flat().includes("*")) return true;
  return principal !== "anonymous" && [declared.Service ?? []].flat().includes(principal);
}

function conditionsHold(statement: Statement, request: PolicyRequest, whenUnknown: boolean): boolean {
  return Object.entries(statement.Condition ?? {}).every(([test, keys]) =>
    Object.entries(keys).every(
      ([key, wanted]) => holds(test, key.toLowerCase(), [wanted].flat(), request) ?? whenUnknown,
    ),
  );
}

/** `undefined` for a test or a key that is not known here. */
function holds(
  test: string,
  key: string,
  wanted: readonly string[],
  request: PolicyRequest,
): boolean | undefined {
  if (test === "Bool" && key === "aws:securetransport") return wanted.includes("true");
  const source = request.sourceArn;
  if (source === undefined) return undefined;
  const value = { "aws:sourcearn": source, "aws:sourceaccount": source.split(":")[4] }[key];
  if (value === undefined) return undefined;
  if (test === "StringEquals") return wanted.includes(value);
  if (["StringLike", "ArnLike", "ArnEquals"].includes(test)) return matchesAny(wanted, value);
  return undefined;
}

function matchesAny(patterns: string | readonly string[] | undefined, value: string): boolean {
  return [patterns ?? []].flat().some((pattern) => matches(pattern, value));
}

/** `*` stands for any text and `?` for one character. */
function matches(pattern: string, value: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(value);
}
