import { randomUUID } from "node:crypto";
import { open } from "@haru/core/account/account";
import type { Role } from "@haru/core/account/account.contract";
import { accountIdOf } from "@haru/core/id";
import { startTable, type TestTable } from "../../core/test/table.ts";
import { coreFor } from "../src/core.ts";
import type { Person } from "./call.ts";

/** A table that the functions of this process are linked to, as their environment on AWS would say. */
export async function startLinkedTable(): Promise<TestTable> {
  const engine = await startTable();
  link("App", { name: "haru", stage: "test" });
  link("Table", { name: engine.table.table });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: engine.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  return engine;
}

/** Links a resource. Links are read once, at the first use of any. */
export function link(name: string, properties: Readonly<Record<string, string>>): void {
  process.env[`SST_RESOURCE_${name}`] = JSON.stringify(properties);
}

/** Somebody new whose account is open. */
export async function newPerson(...roles: Role[]): Promise<Person> {
  const accountId = accountIdOf(randomUUID());
  await open(coreFor("ko"), {
    accountId,
    email: `${accountId}@example.com`,
    displayName: "김하루",
    locale: "ko",
    roles,
  });
  return { accountId, roles };
}
