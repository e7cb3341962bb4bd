import type { Log } from "../cloud.ts";
import { type Access, type Judgement, judge, matchesAction } from "./judge.ts";
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
  /** The function whose credentials these are. */
  functionOf(accessKeyId: string): string | undefined;
  /** Actions that no call has needed so far, by function. */
  unused(): ReadonlyMap<string, readonly string[]>;
  /** What has happened so far with every statement that allows something, function by function. */
  evidence(): readonly StatementEvidence[];
}

/** A statement of a function's policies, and a call that only this statement allowed. */
export interface StatementEvidence {
  readonly functionName: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** What AWS would say to that call without the statement; `undefined` when no call has needed it. */
  readonly denialWithout: string | undefined;
}

/** Services whose calls go to an engine here: of others nobody can say whether they are used. */
const JUDGED = /^(dynamodb|s3|sqs|cognito-idp|lambda|cloudfront):/;

function without({ statements }: Principal, removed: Statement, access: Access): Judgement {
  return judge(
    statements.filter((statement) => statement !== removed),
    access,
  );
}

function sayDenial(principal: Principal, access: Access, denial: "explicit" | "implicit"): string {
  const { action, resource } = access;
  const reason =
    denial === "explicit"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
}

/** The judge of all calls that functions make. */
export function createIam(log: Log): Iam {
  const principals = new Map<string, Principal>();
  /** By statement: the actions that calls have needed. */
  const used = new Map<Statement, Set<string>>();
  /** By statement: a call that no other statement of its function allows. */
  const neededBy = new Map<Statement, Access>();
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
    functionOf: (accessKeyId) => principals.get(accessKeyId)?.functionName,
    denial(accessKeyId, accesses) {
      const principal = principals.get(accessKeyId ?? "");
      if (!principal) return undefined;
      for (const access of accesses) {
        const judged = judge(principal.statements, access);
        if (judged.allowed) {
          const actions = used.get(judged.by) ?? new Set();
          used.set(judged.by, actions.add(access.action));
          if (!neededBy.has(judged.by) && !without(principal, judged.by, access).allowed) {
            neededBy.set(judged.by, access);
          }
          continue;
        }
        tell(principal, access, judged.denial === "explicit");
        return sayDenial(principal, access, judged.denial);
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
    evidence() {
      return [...principals.values()].flatMap((principal) =>
        principal.statements
          .filter(({ effect, actions }) => effect === "Allow" && actions.some((one) => JUDGED.test(one)))
          .map((statement) => {
            const access = neededBy.get(statement);
            const judged = access && without(principal, statement, access);
            return {
              functionName: principal.functionName,
              actions: statement.actions,
              resources: statement.resources,
              denialWithout:
                access && judged && !judged.allowed ? sayDenial(principal, access, judged.denial) : undefined,
            };
          }),
      );
    },
  };
}
