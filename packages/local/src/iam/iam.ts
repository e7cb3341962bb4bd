import type { Log } from "../cloud.ts";
import { type Access, judge, matchesAction } from "./judge.ts";
import type { Statement } from "./policy.ts";
import { credentialsOf, type Principal } from "./principals.ts";

export interface Iam {
  /** Makes a function known, under whose credentials calls will come. */
  define(principal: Principal): void;
  /**
   * Judges a call. Credentials that belong to no function are the local cloud's own, which may do everything.
   * @returns what AWS says when it is denied, `undefined` when it is allowed
   */
  denial(accessKeyId: string | undefined, accesses: readonly Access[]): string | undefined;
  /** Actions that no call has needed so far, by function. */
  unused(): ReadonlyMap<string, readonly string[]>;
}

/** Services whose calls go to an engine here: of others nobody can say whether they are used. */
const JUDGED = /^(dynamodb|s3|sqs|cognito-idp|lambda|cloudfront):/;

/** The judge of all calls that functions make. */
export function createIam(log: Log): Iam {
  const principals = new Map<string, Principal>();
  /** By statement: the actions that calls have needed. */
  const used = new Map<Statement, Set<string>>();
  const told = new Set<string>();

  function tell({ functionName }: Principal, { action, resource }: Access, isExplicit: boolean): void {
    const missing = isExplicit
      ? "a policy denies it"
      : `missing: { actions: ["${action}"], resources: ["${resource}"] }`;
    const message = `may not ${action} on ${resource}; ${missing}`;
    // Retries and polls would repeat it without an end.
    const key = `${functionName} ${action} ${resource}`;
    log({ level: told.has(key) ? "debug" : "error", source: functionName, message });
    told.add(key);
  }

  return {
    define(principal) {
      principals.set(credentialsOf(principal.functionName).accessKeyId, principal);
    },
    denial(accessKeyId, accesses) {
      const principal = principals.get(accessKeyId ?? "");
      if (!principal) return undefined;
      for (const access of accesses) {
        const judged = judge(principal.statements, access);
        if (judged.allowed) {
          const actions = used.get(judged.by) ?? new Set();
          used.set(judged.by, actions.add(access.action));
          continue;
        }
        const isExplicit = judged.denial === "explicit";
        tell(principal, access, isExplicit);
        const { action, resource } = access;
        const reason = isExplicit
          ? "with an explicit deny in an identity-based policy"
          : `because no identity-based policy allows the ${action} action`;
        return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
      }
      return undefined;
    },
    unused() {
      const entries = [...principals.values()].map(({ functionName, statements }) => {
        const actions = statements.flatMap((statement) =>
          statement.actions
            .filter((pattern) => statement.effect === "Allow" && JUDGED.test(pattern))
            .filter((pattern) => ![...(used.get(statement) ?? [])].some((one) => matchesAction(pattern, one)))
            .map((pattern) => `${pattern} on ${statement.resources.join(", ")}`),
        );
        return [functionName, actions] as const;
      });
      return new Map(entries.filter(([, actions]) => actions.length > 0));
    },
  };
}
