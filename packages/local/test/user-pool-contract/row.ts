import { randomUUID } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  type AttributeType,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import { PASSWORD, startTestPool } from "../user-pool.ts";

/** One line of the contract: a call, and what AWS answers to it. */
export interface Row {
  readonly call: string;
  readonly does: (target: Target) => Promise<unknown>;
  /** The name of an error, or a part of the answer. */
  readonly answers: string | Readonly<Record<string, unknown>>;
  /** What only the local engine has: its mails can be read, its clock can be moved. */
  readonly needs?: "mailbox" | "clock";
}

/** Where the contract is tried: the local engine or a pool on AWS. */
export interface Target {
  readonly sdk: CognitoIdentityProviderClient;
  readonly poolId: string;
  readonly clientId: string;
  /** An address that nobody has used. */
  newAddress(): string;
  /** Somebody who is confirmed and whose password is `PASSWORD`. */
  newPerson(): Promise<Person>;
  /** @throws Error on AWS */
  codeFor(address: string): string;
  /** @throws Error on AWS */
  passSeconds(seconds: number): void;
  /** Waits on AWS, and moves the clock here. For seconds rather than hours. */
  wait(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

export interface Person {
  readonly email: string;
  /** User name and `sub`. */
  readonly username: string;
  signIn(password?: string): Promise<AuthenticationResultType>;
}

/**
 * Answers the pool on AWS that the environment names, else the local engine.
 * The pool on AWS is to be declared as `EMAIL_POOL` of `test/user-pool.ts`, its
 * client as `WEB_CLIENT`, with the groups `reader` and `author`. Region and
 * credentials are the SDK's own. Everybody whom the rows make is deleted.
 */
export async function openTarget(): Promise<Target> {
  const poolId = process.env.COGNITO_CONTRACT_POOL_ID;
  const clientId = process.env.COGNITO_CONTRACT_CLIENT_ID;
  if (!poolId || !clientId) return openLocalTarget();
  const sdk = new CognitoIdentityProviderClient({});
  const addresses: string[] = [];
  const notHere = () => {
    throw new Error("AWS's mails cannot be read and its clock cannot be moved.");
  };
  return withPeople({
    sdk,
    poolId,
    clientId,
    // The simulator of SES takes every mail and bounces none.
    newAddress() {
      const address = `success+${randomUUID()}@simulator.amazonses.com`;
      addresses.push(address);
      return address;
    },
    codeFor: notHere,
    passSeconds: notHere,
    wait: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000)),
    async stop() {
      for (const Username of addresses) {
        await sdk.send(new AdminDeleteUserCommand({ UserPoolId: poolId, Username })).catch((error: Error) => {
          if (error.name !== "UserNotFoundException") throw error;
        });
      }
      sdk.destroy();
    },
  });
}

async function openLocalTarget(): Promise<Target> {
  const pool = await startTestPool();
  for (const name of ["reader", "author"]) {
    pool.pools.createGroup(pool.poolId, {
      name,
      description: undefined,
      roleArn: undefined,
      precedence: undefined,
    });
  }
  return withPeople({
    sdk: pool.sdk,
    poolId: pool.poolId,
    clientId: pool.clientId,
    newAddress: () => `person-${randomUUID()}@example.com`,
    codeFor: pool.codeFor,
    passSeconds: pool.passSeconds,
    wait: async (seconds) => pool.passSeconds(seconds),
    stop: pool.stop,
  });
}

function withPeople(target: Omit<Target, "newPerson">): Target {
  return {
    ...target,
    async newPerson() {
      const email = target.newAddress();
      const { User } = await target.sdk.send(
        new AdminCreateUserCommand({
          UserPoolId: target.poolId,
          Username: email,
          MessageAction: "SUPPRESS",
          UserAttributes: attributes({ email, email_verified: "true" }),
        }),
      );
      await target.sdk.send(
        new AdminSetUserPasswordCommand({
          UserPoolId: target.poolId,
          Username: email,
          Password: PASSWORD,
          Permanent: true,
        }),
      );
      return {
        email,
        username: User?.Username ?? "",
        signIn: (password = PASSWORD) => signIn(target, email, password),
      };
    },
  };
}

export async function signIn(
  target: Pick<Target, "sdk" | "clientId">,
  name: string,
  password: string,
): Promise<AuthenticationResultType> {
  const { AuthenticationResult } = await target.sdk.send(
    new InitiateAuthCommand({
      ClientId: target.clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: name, PASSWORD: password },
    }),
  );
  if (!AuthenticationResult) throw new Error("The sign-in asks for another step.");
  return AuthenticationResult;
}

export function attributes(values: Readonly<Record<string, string>>): AttributeType[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

/** The answer of an operation that sends a code: where it went is masked. */
export const MAILED = {
  CodeDeliveryDetails: {
    AttributeName: "email",
    DeliveryMedium: "EMAIL",
    Destination: expect.stringMatching(/^.\*\*\*@.\*\*\*$/),
  },
};
