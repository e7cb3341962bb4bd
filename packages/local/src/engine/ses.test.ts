import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { expect, test } from "vitest";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials.ts";
import { startSes } from "./ses.ts";

test("a mail can be read at /store, and is saved for the next start", async () => {
  const dataFolder = mkdtempSync(path.join(tmpdir(), "mail-engine-"));
  const engine = await startSes({ dataFolder });
  const client = new SESv2Client({
    endpoint: engine.url,
    region: "us-east-1",
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
  });
  await client.send(
    new SendEmailCommand({
      FromEmailAddress: "haru@example.com",
      Destination: { ToAddresses: ["reader@example.com"] },
      Content: { Simple: { Subject: { Data: "확인 코드" }, Body: { Text: { Data: "123456" } } } },
    }),
  );
  const { emails } = (await (await fetch(`${engine.url}/store`)).json()) as { emails: object[] };
  expect(emails).toMatchObject([{ subject: "확인 코드", body: { text: "123456" } }]);
  client.destroy();
  await engine.stop();
  const saved = JSON.parse(readFileSync(path.join(dataFolder, "mails.json"), "utf8"));
  expect(saved).toEqual(emails);
  rmSync(dataFolder, { recursive: true, force: true });
});

test("mails of the last run are there after a start", async () => {
  // The engine's mailbox belongs to the process, so the last run is played by its file.
  const dataFolder = mkdtempSync(path.join(tmpdir(), "mail-engine-"));
  const mail = { messageId: "ses-1", subject: "어제", at: 1_790_000_000 };
  writeFileSync(path.join(dataFolder, "mails.json"), JSON.stringify([mail]));
  const engine = await startSes({ dataFolder });
  const { emails } = (await (await fetch(`${engine.url}/store`)).json()) as { emails: object[] };
  expect(emails).toContainEqual(mail);
  await engine.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});
