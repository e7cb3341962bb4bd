import path from "node:path";
import {
  AuthFlowType,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { RunningCloud } from "../packages/local/src/start.ts";
import { sampleAccounts, samplePassword } from "../scripts/sample-accounts.ts";

export const root = path.resolve(import.meta.dirname, "..");
export const dataFolder = ".local-cloud-bench";

/** Starts a local cloud for one bench, with sample content, on data of its own. */
export async function startSeededCloud(
  options: {
    readonly production?: boolean;
    /** Without what earlier benches left: a backlog of theirs would be measured, too. */
    readonly isFresh?: boolean;
    readonly onLine?: (message: string) => void;
  } = {},
): Promise<RunningCloud> {
  process.env.LOCAL_CLOUD_DATA = dataFolder;
  const { startCloud } = await import("../packages/local/src/start.ts");
  const { runCommand } = await import("../packages/local/src/shell.ts");
  const { reset } = await import("../packages/local/src/reset.ts");
  if (options.isFresh) reset(root);
  const cloud = await startCloud({
    root,
    stage: "bench",
    watch: false,
    production: options.production ?? false,
    port: 3800,
    log: ({ level, source, message }) => {
      options.onLine?.(`${source} ${message}`);
      if (level === "error") process.stdout.write(`[${source}] ${message}\n`);
    },
    step: () => () => {},
  });
  const seed = ["node", "--import", "tsx", "scripts/seed.ts"];
  if ((await runCommand(seed, { root, variables: { ...cloud.variables } })) !== 0) {
    await cloud.stop();
    throw new Error("The sample content could not be made.");
  }
  return cloud;
}

/** An access token of the sample author. */
export async function signIn(cloud: RunningCloud): Promise<string> {
  const pool = new CognitoIdentityProviderClient({
    endpoint: cloud.endpoints.cognito,
    region: "us-east-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  });
  const { AuthenticationResult } = await pool.send(
    new InitiateAuthCommand({
      AuthFlow: AuthFlowType.USER_PASSWORD_AUTH,
      ClientId: (cloud.links.WebClient as { id: string }).id,
      AuthParameters: { USERNAME: sampleAccounts[0].email, PASSWORD: samplePassword },
    }),
  );
  if (!AuthenticationResult?.AccessToken) throw new Error("The sample author could not sign in.");
  return AuthenticationResult.AccessToken;
}
