import { readFile } from "node:fs/promises";
import path from "node:path";
import { recordStage } from "@haru/local/synth/record";
import { describe, expect, test } from "vitest";
import { type PropertyName, properties, sentenceOf } from "./property/every.ts";
import { accessMutations } from "./property/mutation/access.ts";
import { callMutations } from "./property/mutation/call.ts";
import { dataMutations } from "./property/mutation/data.ts";
import { deliveryMutations } from "./property/mutation/delivery.ts";
import { domainMutations } from "./property/mutation/domain.ts";
import { type Draft, find } from "./property/mutation/draft.ts";
import { edgeMutations } from "./property/mutation/edge.ts";
import { identityMutations } from "./property/mutation/identity.ts";
import { observationMutations } from "./property/mutation/observation.ts";
import { operationMutations } from "./property/mutation/operation.ts";
import { partitionMutations } from "./property/mutation/partition.ts";
import { releaseMutations } from "./property/mutation/release.ts";
import { routesMutations } from "./property/mutation/routes.ts";
import { statementsOf } from "./property/recording.ts";

const root = path.resolve(import.meta.dirname, "..");
// With all that may be asked for, so that what holds is looked at for it, too.
process.env.MOBILE_REDIRECT = "com.example.haru:/signed-in";
const domain = "blog.example.com";
process.env.SITE_DOMAIN = domain;
const production = await recordStage(root, "production");
const mutations = {
  ...accessMutations,
  ...callMutations,
  ...dataMutations,
  ...deliveryMutations,
  ...domainMutations,
  ...edgeMutations,
  ...identityMutations,
  ...observationMutations,
  ...operationMutations,
  ...partitionMutations,
  ...releaseMutations,
  ...routesMutations,
};
const names = Object.keys(properties) as PropertyName[];

describe("in production", () => {
  test.each(names.map((name) => [sentenceOf(name), properties[name]] as const))("%s", (_, property) => {
    expect(property(production)).toEqual([]);
  });

  test("a domain of one's own is the site's one address, and whose mails are sent stays the sender's matter", () => {
    const ofType = (type: string) =>
      production.resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
    expect(production.outputs.site).toBe(`https://${domain}`);
    expect(ofType("aws:cloudfront/distribution:Distribution").map(({ aliases }) => aliases)).toEqual([
      [domain],
    ]);
    expect(ofType("aws:acm/certificate:Certificate").map(({ domainName }) => domainName)).toEqual([domain]);
    const records = ofType("aws:route53/record:Record").map(({ type, name }) => `${type} ${name}`);
    expect(records.sort()).toEqual([
      `A ${domain}`,
      `AAAA ${domain}`,
      expect.stringMatching(/^CNAME _.+\.blog\.example\.com\.$/),
    ]);
    // It is the secret `MailSender`, whose value no recording shows.
    expect(ofType("aws:sesv2/emailIdentity:EmailIdentity").map(({ emailIdentity }) => emailIdentity)).toEqual(
      ["[secret]"],
    );
  });

  test("the site is linked to exactly what its core reads", async () => {
    const core = await readFile(path.join(root, "packages/web/core.ts"), "utf8");
    const reads = new Set([...core.matchAll(/\bResource\.(\w+)/g)].map(([, name]) => name));
    const [server] = Object.entries(production.functions).filter(([name]) => name.startsWith("WebServer"));
    expect(server?.[1].links).toEqual([...reads].sort());
  });
});

test("every entry of the runbook that an alarm names is there", async () => {
  const runbook = await readFile(path.join(root, "docs/runbook.md"), "utf8");
  const entries = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase().replaceAll(" ", "-"),
  );
  const named = production.resources.flatMap(
    ({ inputs }) => inputs.alarmDescription?.split("#").at(-1) ?? [],
  );
  expect(named).not.toEqual([]);
  expect([...new Set(named)].filter((name) => !entries.includes(name))).toEqual([]);
  const queues = production.resources
    .filter(({ type, name }) => type === "aws:sqs/queue:Queue" && name.includes("Dlq"))
    .map(({ name }) => name.replace(/Queue$/, ""));
  expect(queues).not.toEqual([]);
  expect(queues.filter((name) => !runbook.includes(`| \`${name}\` |`))).toEqual([]);
});

describe("without one of its statements a function is noticed, by its name and what it can no longer do:", () => {
  const roles = production.resources.filter(
    ({ type, name }) => type === "aws:iam/role:Role" && name.replace(/Role$/, "") in production.functions,
  );
  const cases = roles.flatMap(({ name, inputs }) => {
    const policies = (inputs.inlinePolicies ?? []) as { readonly policy: string }[];
    return policies.flatMap(({ policy }, place) =>
      statementsOf(policy).flatMap(({ effect, actions }, index) =>
        effect === "Allow" && production.functions[name.replace(/Role$/, "")]?.calls
          ? [{ functionName: name.replace(/Role$/, ""), actions, place, index }]
          : [],
      ),
    );
  });

  test.each(cases)("$functionName, $actions", ({ functionName, actions, place, index }) => {
    const draft = structuredClone(production) as Draft;
    const inline = find(draft, `${functionName}Role`).inlinePolicies[place];
    const document = JSON.parse(inline.policy);
    document.Statement.splice(index, 1);
    inline.policy = JSON.stringify(document);
    const said = [
      ...properties.functionsMayDoWhatTheyCall(draft),
      ...properties.functionsReachTheItemsOfTheirNouns(draft),
    ];
    const isAbout = (sentence: string) =>
      sentence.startsWith(`The function ${functionName} `) &&
      (sentence.includes("partitions") || actions.some((action) => sentence.includes(action)));
    expect(said.filter(isAbout)).not.toEqual([]);
  });
});

describe("a mistake is noticed:", () => {
  const cases = names.flatMap((name) =>
    mutations[name].map(
      (mutation) => [`${sentenceOf(name)} (${mutation.says.source})`, name, mutation] as const,
    ),
  );
  test.each(cases)("%s", (_, name, { spoil, says }) => {
    const draft = structuredClone(production) as Draft;
    spoil(draft);
    expect(properties[name](draft).join("\n")).toMatch(says);
  });
});
