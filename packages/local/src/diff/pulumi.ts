/**
 * Stands in for Pulumi's engine, so that the real `sst diff` runs without an
 * account and without downloading it. SST starts it with Pulumi's arguments:
 * it runs the program that SST has built, records what it declares, and
 * reports that all of it would be created.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Declarations } from "../synth/declarations.ts";
import { createMonitor } from "../synth/monitor.ts";
import { loadPulumi } from "../synth/pulumi.ts";
import { answerAsAws } from "../synth/record.ts";
import { writeSiteOutput } from "../synth/site-placeholder.ts";

/** The version of Pulumi that SST asks for; it downloads another one otherwise. */
const VERSION = "v3.215.0";

const [command, ...rest] = process.argv.slice(2);
if (command === "version") process.stdout.write(`${VERSION}\n`);
else if (command === "stack" && rest[0] === "init") initStack(rest[1] ?? "");
else if (command === "preview") await preview();
else
  throw new Error(
    `Only a diff runs without Pulumi's engine, not "pulumi ${process.argv.slice(2).join(" ")}".`,
  );

/** `organization/app/stage`, as SST names a stack. */
function readStack(stack: string): { readonly app: string; readonly stage: string; readonly file: string } {
  const [, app = "", stage = ""] = stack.split("/");
  return { app, stage, file: path.resolve(".pulumi/stacks", app, `${stage}.json`) };
}

function initStack(stack: string): void {
  const { file } = readStack(stack);
  mkdirSync(path.dirname(file), { recursive: true });
  writeCheckpoint(file, stack, []);
}

function writeCheckpoint(file: string, stack: string, resources: readonly object[]): void {
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: "" };
  writeFileSync(file, JSON.stringify({ version: 3, checkpoint: { stack, latest: { manifest, resources } } }));
}

async function preview(): Promise<void> {
  const { values } = parseArgs({
    args: rest,
    strict: false,
    allowPositionals: true,
    options: { stack: { type: "string" }, "event-log": { type: "string" } },
  });
  const stack = values.stack as string;
  const { app, stage, file } = readStack(stack);
  const project = /^main: (.*)$/m.exec(readFileSync("Pulumi.yaml", "utf8"))?.[1] ?? "";
  const root = path.resolve(path.dirname(project), "../..");
  const emit = createEventLog(values["event-log"] as string);

  const mistakes: string[] = [];
  const noteMistake = (mistake: unknown) => {
    const message = mistake instanceof Error ? mistake.message : String(mistake);
    if (mistakes.includes(message)) return;
    mistakes.push(message);
    emit({ diagnosticEvent: { prefix: "", message, color: "never", severity: "error" } });
  };
  process.on("unhandledRejection", noteMistake);
  process.on("uncaughtException", noteMistake);

  const { pulumi, protocol } = loadPulumi(root);
  const declarations = new Declarations(root);
  const { handlers, links, recorded } = createMonitor({
    protocol,
    app,
    stage,
    declaredAt: () => undefined,
    noteMistake,
    provision: answerAsAws,
    siteFolder: () => undefined,
    answer: (token, args) => {
      if (token !== "command:local:run") return undefined;
      // A diff builds the sites to compare them. What they consist of is the same without.
      writeSiteOutput(args.dir as string, "deployed");
      return { stdout: "" };
    },
  });
  await pulumi.runtime.setMocks({}, app, stage, false, "organization");
  Object.assign(protocol.settings.getMonitor(), handlers);

  process.once("beforeExit", () => {
    const resources = recorded();
    for (const missing of mistakes.length > 0 ? [] : declarations.without(resources)) {
      noteMistake(new Error(`${missing} waits for a value that never comes. Does it depend on itself?`));
    }
    const urnOf = (type: string, name: string) => `urn:pulumi:${stage}::${app}::${type}::${name}`;
    writeCheckpoint(file, stack, [
      checkpointed(urnOf("pulumi:pulumi:Stack", `${app}-${stage}`), "pulumi:pulumi:Stack", {}),
      // SST writes the types of all links from these.
      ...Object.entries(links).map(([target, properties]) =>
        checkpointed(urnOf("sst:sst:LinkRef", `${target}LinkRef`), "sst:sst:LinkRef", {
          target,
          properties,
          include: [],
        }),
      ),
    ]);
    for (const { urn, type, id, parent, inputs } of resources) {
      const created = {
        type,
        urn,
        custom: id !== "",
        id: "",
        parent: parent ?? "",
        inputs,
        outputs: {},
        provider: "",
      };
      const metadata = {
        op: "create",
        urn,
        type,
        old: null,
        new: created,
        keys: null,
        logical: true,
        provider: "",
      };
      emit({ resourcePreEvent: { metadata, planning: true } });
      emit({ resOutputsEvent: { metadata, planning: true } });
    }
    emit({
      summaryEvent: {
        maybeCorrupt: false,
        durationSeconds: 1,
        resourceChanges: { create: resources.length },
        PolicyPacks: {},
      },
    });
    process.exit(mistakes.length > 0 ? 1 : 0);
  });

  await pulumi.runtime
    .runInPulumiStack(async () => {
      pulumi.runtime.registerStackTransformation((declaration) => {
        declarations.add(declaration);
        // A secret reads its value right after this. Which one makes no difference to a diff, but for its form:
        // where mails come from would be a domain with records of its own if it were no address.
        if (declaration.type === "sst:sst:Secret")
          process.env[`SST_SECRET_${declaration.name}`] ??= "unknown@example.com";
        return undefined;
      });
      const { default: outputs } = await import(pathToFileURL(project).href);
      return outputs;
    })
    .catch(noteMistake);
}

/** Pulumi's log of events: one JSON object a line, from which SST prints the diff. */
function createEventLog(file: string): (event: object) => void {
  let sequence = 0;
  return (event) => {
    sequence += 1;
    const timestamp = Math.floor(Date.now() / 1000);
    appendFileSync(file, `${JSON.stringify({ sequence, timestamp, ...event })}\n`);
  };
}

function checkpointed(urn: string, type: string, outputs: object) {
  return { urn, type, custom: false, outputs };
}
