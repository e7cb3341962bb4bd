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

/** Who asks: nobody in particular, or CloudFront with an origin access control. */
export type PolicyPrincipal = "anonymous" | "cloudfront.amazonaws.com";

/**
 * Whether bucket policies let a request through that brings no credentials of
 * the account ("How Amazon S3 authorizes a request"): a matching allowance is
 * needed and a matching denial wins. Requests count as encrypted, since on AWS
 * they are; conditions on other keys make an allowance void and a denial hold.
 *
 * @param policies JSON documents
 * @param action for instance `s3:GetObject`
 * @param resource for instance `arn:aws:s3:::bucket/key`
 */
export function policyAllows(
  policies: readonly string[],
  principal: PolicyPrincipal,
  action: string,
  resource: string,
): boolean {
  const matching = policies
    .flatMap((policy) => [(JSON.parse(policy) as PolicyDocument).Statement ?? []].flat())
    .filter(
      (statement) =>
        isPrincipal(statement.Principal, principal) &&
        matchesAny(statement.Action, action) &&
        matchesAny(statement.Resource, resource),
    );
  const denied = matching.some((one) => one.Effect === "Deny" && conditionsHold(one, true));
  return !denied && matching.some((one) => one.Effect !== "Deny" && conditionsHold(one, false));
}

function isPrincipal(declared: Statement["Principal"], principal: PolicyPrincipal): boolean {
  if (declared === undefined) return false;
  if (declared === "*") return true;
  if ([declared.AWS ?? []].flat().includes("*")) return true;
  return principal !== "anonymous" && [declared.Service ?? []].flat().includes(principal);
}

function conditionsHold(statement: Statement, whenUnknown: boolean): boolean {
  return Object.entries(statement.Condition ?? {}).every(([test, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      if (test === "Bool" && key.toLowerCase() === "aws:securetransport")
        return [wanted].flat().includes("true");
      return whenUnknown;
    }),
  );
}

function matchesAny(patterns: string | readonly string[] | undefined, value: string): boolean {
  return [patterns ?? []].flat().some((pattern) => matches(pattern, value));
}

/** `*` stands for any text and `?` for one character. */
function matches(pattern: string, value: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(value);
}
