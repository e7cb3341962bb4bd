import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { ApiError, type Client, createClient } from "@haru/core/client";
import { contracts } from "@haru/core/routes";
import type { RunningCloud } from "../../packages/local/src/start.ts";
import { samplePassword } from "../sample-accounts.ts";

/** Codes of answers that say "not now": whoever asks tries again, exactly as a device does. */
const passing = new Set(["unavailable", "internal", "rate_limited", "timeout"]);
const patienceMilliseconds = 180_000;

export interface Person {
  readonly api: Client<typeof contracts>;
  /** Does one thing again and again until it is answered, always under one idempotency key. */
  insist<T>(ask: (options: { idempotencyKey: string }) => Promise<T>): Promise<T>;
  /** How often a thing had to be asked for again. */
  readonly repetitions: () => number;
}

export async function signIn(cloud: RunningCloud, email: string): Promise<Person> {
  const pool = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoints.cognito,
    region: "us-east-1",
    credentials: { accessKeyId: "chaos", secretAccessKey: "chaos" },
  });
  const { AuthenticationResult } = await pool.send(
    new InitiateAuthCommand({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: (cloud.links.WebClient as { id: string }).id,
      AuthParameters: { USERNAME: email, PASSWORD: samplePassword },
    }),
  );
  pool.destroy();
  const token = AuthenticationResult?.AccessToken;
  if (!token) throw new Error(`${email} could not sign in.`);
  let repetitions = 0;
  return {
    api: createClient(contracts, { baseUrl: `${cloud.frontDoorUrl}/api`, locale: "en", token }),
    repetitions: () => repetitions,
    async insist(ask) {
      const idempotencyKey = crypto.randomUUID();
      const until = Date.now() + patienceMilliseconds;
      for (;;) {
        try {
          return await ask({ idempotencyKey });
        } catch (error) {
          if (!(error instanceof ApiError) || !passing.has(error.code) || Date.now() > until) throw error;
          repetitions++;
          await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400));
        }
      }
    },
  };
}
