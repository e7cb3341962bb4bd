import type { Cloud } from "../cloud.ts";

/** Where tokens of an issuer are checked on this machine. */
export interface Issuer {
  readonly jwksUrl: string;
  /** Values of `iss` that are accepted. */
  readonly accepted: readonly string[];
}

const USER_POOL = /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com\/([\w-]+)$/;

/**
 * Finds the keys of a declared issuer. A user pool is declared with AWS's
 * address, since the declaration is the same on AWS; its keys are the local
 * pool's. Any other issuer is asked at its own address.
 */
export function resolveIssuer(declared: string, endpoints: Cloud["endpoints"]): Issuer {
  const issuer = declared.replace(/\/$/, "");
  const poolId = USER_POOL.exec(issuer)?.[1];
  if (!poolId) return { jwksUrl: `${issuer}/.well-known/jwks.json`, accepted: [declared] };
  const local = `${endpoints.cognito}/${poolId}`;
  return { jwksUrl: `${local}/.well-known/jwks.json`, accepted: [issuer, local] };
}
