/**
 * How far the time of an answer tells whether an e-mail has an account: the same request for e-mails
 * that have one and for those that have none, in turns. `told-apart` is the share of pairs in which the
 * known one took longer (the area under the ROC curve): 0.5 is a coin, 1 is certainty.
 */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import type { RunningCloud } from "../packages/local/src/start.ts";
import { startSeededCloud } from "./cloud.ts";
import { type Figure, quantile, timeMs } from "./figure.ts";

/** As many as the limits by address let through in one run. */
const accounts = 40;
const password = "Gaeul-achim7";
/** What 40 pairs of nothing but noise stay within, 95 times of 100. */
const noise = 0.13;

type Send = (path: string, body: object) => Promise<number>;

export async function measure(): Promise<Figure[]> {
  const cloud = await startSeededCloud();
  try {
    const send = senderOf(cloud);
    const known = await Promise.all(Array.from({ length: accounts }, () => newAccount(cloud)));
    const stranger = () => `nobody-${crypto.randomUUID()}@haru.example`;
    const requests: Record<string, (email: string) => Promise<number>> = {
      "sign-in": (email) => send("/sessions", { email, password: "Wrong-horse-7" }),
      "sign-up": (email) => send("/account/sign-up", { email, password, displayName: "하루", locale: "ko" }),
      "forgot-password": (email) => send("/credentials/forgot-password", { email }),
    };
    const figures: Figure[] = [];
    for (const [name, request] of Object.entries(requests)) {
      const times = { known: [] as number[], unknown: [] as number[] };
      const statuses = new Set<number>();
      for (const email of known) {
        times.known.push(await timeMs(async () => statuses.add(await request(email))));
        times.unknown.push(await timeMs(async () => statuses.add(await request(stranger()))));
      }
      if (statuses.size > 1) throw new Error(`${name} answers ${[...statuses].join(" and ")}.`);
      figures.push(...figuresOf(name, times));
    }
    return figures;
  } finally {
    await cloud.stop();
  }
}

function senderOf(cloud: RunningCloud): Send {
  return async (path, body) => {
    const response = await fetch(`${cloud.frontDoorUrl}/api${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    await response.arrayBuffer();
    return response.status;
  };
}

/** Made by an administrator, so that the limits of signing up are left for what is measured. */
async function newAccount(cloud: RunningCloud): Promise<string> {
  const credentials = { accessKeyId: "bench", secretAccessKey: "bench" };
  const pool = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoints.cognito,
    region: "us-east-1",
    credentials,
  });
  const Username = `known-${crypto.randomUUID()}@haru.example`;
  const UserPoolId = (cloud.links.Users as { id: string }).id;
  const UserAttributes = Object.entries({ email: Username, email_verified: "true" }).map(([Name, Value]) => ({
    Name,
    Value,
  }));
  await pool.send(
    new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" }),
  );
  await pool.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }),
  );
  return Username;
}

function figuresOf(name: string, times: { known: readonly number[]; unknown: readonly number[] }): Figure[] {
  const of = (who: "known" | "unknown", share: number): Figure => ({
    name: `${name}-${who}-p${share * 100}`,
    value: quantile(times[who], share),
    unit: "ms",
  });
  const pairs = times.known.flatMap((a) => times.unknown.map((b) => (a > b ? 1 : a < b ? 0 : 0.5)));
  const apart = Math.abs(pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length - 0.5);
  return [
    ...[0.1, 0.5, 0.9].flatMap((share) => [of("known", share), of("unknown", share)]),
    {
      name: `${name}-told-apart`,
      value: 0.5 + apart,
      unit: "",
      goal: { operator: "<=", value: 0.5 + noise },
    },
  ];
}
