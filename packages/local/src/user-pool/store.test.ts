import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { PASSWORD, startTestPool } from "../../test/user-pool.ts";
import { clientSettings } from "../aws-client.ts";
import { CognitoError } from "./error.ts";
import { openStore } from "./store.ts";

test("no acknowledged sign-up is lost when the process is killed in the midst of many", async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "user-pool-"));
  const script = path.join(import.meta.dirname, "../../test/user-pool-process.ts");
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const child = spawn(process.execPath, ["--import", "tsx", script, dataFolder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const { url, clientId } = JSON.parse(line) as { url: string; clientId: string };
    const sdk = new CognitoIdentityProviderClient({ ...clientSettings(url), maxAttempts: 1 });
    const wanted = acknowledged.length + 12;
    const calls = Array.from({ length: 60 }, async (_, index) => {
      const Username = `person-${round}-${index}@example.com`;
      await sdk.send(new SignUpCommand({ ClientId: clientId, Username, Password: PASSWORD }));
      acknowledged.push(Username);
      if (acknowledged.length === wanted) child.kill("SIGKILL");
    });
    const results = await Promise.allSettled(calls);
    expect(results.some(({ status }) => status === "rejected")).toBe(true);
    if (child.signalCode === null) await once(child, "exit");
    sdk.destroy();
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(36);
  const pool = await startTestPool({ dataFolder });
  for (const Username of acknowledged) {
    await pool.sdk.send(new AdminGetUserCommand({ UserPoolId: pool.poolId, Username }));
  }
  await pool.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

test("a transaction that throws leaves nothing; one that refuses keeps what it counted", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "user-pool-"));
  const store = openStore(folder);
  const insert = (id: string) => store.run("INSERT INTO pools (id, document) VALUES (?, '{}')", id);
  expect(() =>
    store.transaction(() => {
      insert("thrown");
      throw new Error("Stop.");
    }),
  ).toThrow("Stop.");
  expect(() =>
    store.transaction(() => {
      insert("refused");
      return new CognitoError("CodeMismatchException", "No.");
    }),
  ).toThrow(CognitoError);
  expect(store.all("SELECT id FROM pools").map((row) => row.id)).toEqual(["refused"]);
  store.close();
  rmSync(folder, { recursive: true, force: true });
});
