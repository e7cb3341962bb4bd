import { FunctionError, REGION } from "../cloud.ts";
import type { Attributes } from "./attribute.ts";
import type { Engine } from "./engine.ts";
import { CognitoError } from "./error.ts";
import type { Client, Pool, Triggers } from "./pool.ts";

/** Developer guide, "Important considerations" of Lambda triggers: five seconds a call, three calls at most. */
const LIMIT_SECONDS = 5;
const MAXIMUM_CALLS = 3;

/** What AWS calls the trigger in its error messages. */
const SPOKEN_NAMES = {
  preSignUp: "PreSignUp",
  postConfirmation: "PostConfirmation",
  preAuthentication: "PreAuthentication",
  postAuthentication: "PostAuthentication",
  customMessage: "CustomMessage",
  preTokenGeneration: "PreTokenGeneration",
} as const;

export interface TriggerCall {
  readonly pool: Pool;
  readonly trigger: keyof typeof SPOKEN_NAMES;
  /** For instance `PreSignUp_SignUp`. */
  readonly source: string;
  readonly clientId: string;
  readonly username: string;
  readonly attributes: Attributes;
  /** What the request holds beside the attributes. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** The response as the function finds it. */
  readonly response?: Readonly<Record<string, unknown>>;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/** Client id that AWS gives to functions when an administrator's call has no client. */
export const NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

export function clientIdOrNone(client: Client | undefined): string {
  return client?.id ?? NO_CLIENT;
}

/**
 * Runs a pool's function, if it declares one, and answers the `response` that
 * the function leaves in the event; `undefined` when there is no function.
 * @throws UserLambdaValidationException when the function throws: that is how it refuses
 * @throws UnexpectedLambdaException when it does not answer in time or dies
 * @throws InvalidLambdaResponseException when it does not answer an event
 */
export async function runTrigger(
  engine: Engine,
  call: TriggerCall,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const functionArn = call.pool.triggers[call.trigger satisfies keyof Triggers];
  if (!functionArn) return undefined;
  const version =
    call.trigger === "preTokenGeneration" && call.pool.triggers.preTokenGenerationVersion === "V2_0"
      ? "2"
      : "1";
  const event = {
    version,
    region: REGION,
    userPoolId: call.pool.id,
    userName: call.username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: call.clientId },
    triggerSource: call.source,
    request: {
      userAttributes: call.attributes,
      ...call.request,
      ...(Object.keys(call.clientMetadata).length > 0 ? { clientMetadata: call.clientMetadata } : {}),
    },
    response: call.response ?? {},
  };
  const answer = await invoke(engine, functionArn, event, SPOKEN_NAMES[call.trigger]);
  if (!isObject(answer) || !isObject(answer.response ?? {})) {
    throw new CognitoError("InvalidLambdaResponseException", "Unrecognizable lambda output");
  }
  return (answer.response ?? {}) as Record<string, unknown>;
}

async function invoke(engine: Engine, functionArn: string, event: unknown, name: string): Promise<unknown> {
  for (let call = 1; ; call += 1) {
    try {
      return await withLimit(engine.invokeTrigger(functionArn, event));
    } catch (error) {
      if (error instanceof FunctionError && error.kind === "thrown") {
        throw new CognitoError(
          "UserLambdaValidationException",
          `${name} failed with error ${error.errorMessage}.`,
        );
      }
      const message = error instanceof Error ? error.message : String(error);
      engine.log({ level: "warn", source: "user-pool", message: `${name} call ${call}: ${message}` });
      if (!(error instanceof LateError) || call === MAXIMUM_CALLS) {
        throw new CognitoError("UnexpectedLambdaException", `${name} invocation failed: ${message}`);
      }
    }
  }
}

class LateError extends Error {}

async function withLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new LateError(`no answer within ${LIMIT_SECONDS} seconds`)),
      LIMIT_SECONDS * 1000,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
