/**
 * What each function costs before its first line runs: the size of what is loaded then (its entry and the parts
 * that this imports at once), as infra has it bundled, and the processor time that Node.js takes to import it with
 * its source maps, beside a bare handler that imports the same clients of the SDK, bundled as SST does unasked:
 * in one file and without source maps, though minified, too. What infra asks for must not move what it is
 * measured by. A cold function waits for its processor, and time by the clock would count what else the machine
 * does.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { REQUIRE_BANNER } from "../packages/local/src/function/bundle.ts";
import { root } from "./cloud.ts";
import { type Figure, quantile } from "./figure.ts";

const goals = { timesBare: 1.5, megabytes: 1 } as const;
/** The two are imported in turn, and the quickest of each counts: what else the machine does can only add. */
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const ENTRY = "bundle.mjs";
/** What infra asks for beside `minify`. */
const deployed = { splitting: true, sourcemap: "linked" } as const;
const functionsFolder = path.join(root, "packages/functions/src");

/** What a handler needs of each package of the SDK at least. */
const clients: Readonly<Record<string, string>> = {
  "@aws-sdk/client-apigatewaymanagementapi": "ApiGatewayManagementApiClient",
  "@aws-sdk/client-cloudfront": "CloudFrontClient",
  "@aws-sdk/client-cognito-identity-provider": "CognitoIdentityProviderClient",
  "@aws-sdk/client-dynamodb": "DynamoDBClient",
  "@aws-sdk/client-s3": "S3Client",
  "@aws-sdk/client-sesv2": "SESv2Client",
  "@aws-sdk/client-sqs": "SQSClient",
  "@aws-sdk/lib-dynamodb": "DynamoDBDocumentClient",
};

interface Cold {
  readonly name: string;
  /** What is loaded at the start. */
  readonly megabytes: number;
  /** With the parts that only some calls load. */
  readonly megabytesInAll: number;
  readonly milliseconds: number;
  /** Absent for a function that needs no client. */
  readonly bareMilliseconds: number | undefined;
}

export async function measure(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "haru-cold-"));
  // A bundle that leaves a package to be installed beside it finds that here.
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  try {
    const all: Cold[] = [];
    for (const file of handlers()) {
      const cold = await measureOne(file, folder);
      process.stdout.write(`${format(cold)}\n`);
      all.push(cold);
    }
    const ratios = all.flatMap((cold) => timesBare(cold) ?? []);
    return [
      { name: "import-of-bare-median", value: quantile(ratios, 0.5), unit: "times" },
      {
        name: "import-of-bare-worst",
        value: Math.max(...ratios),
        unit: "times",
        goal: { operator: "<=", value: goals.timesBare },
      },
      {
        name: "bundle-largest",
        value: Math.max(...all.map(({ megabytes }) => megabytes)),
        unit: "MB",
        goal: { operator: "<=", value: goals.megabytes },
      },
      {
        name: "bundle-largest-in-all",
        value: Math.max(...all.map(({ megabytesInAll }) => megabytesInAll)),
        unit: "MB",
      },
      { name: "functions", value: all.length, unit: "functions" },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files of the functions' package that export a handler, as infra names them. */
function handlers(): string[] {
  return readdirSync(functionsFolder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .filter((file) =>
      /^export (const|(async )?function) handler\b/m.test(
        readFileSync(path.join(functionsFolder, file), "utf8"),
      ),
    )
    .sort();
}

async function measureOne(file: string, folder: string): Promise<Cold> {
  const name = file.replace(/\.ts$/, "").replaceAll("/", "-");
  const own = await bundleTo(path.join(functionsFolder, file), path.join(folder, name), deployed);
  const bareSource = path.join(folder, `${name}-bare.ts`);
  const used = clientsIn(Object.keys(own.inputs));
  const usesClients = used.length > 0;
  writeFileSync(bareSource, bareHandler(used));
  await bundleTo(bareSource, path.join(folder, `${name}-bare`), {});
  const [ours, bares]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    ours.push(await importMilliseconds(path.join(folder, name, ENTRY)));
    bares.push(await importMilliseconds(path.join(folder, `${name}-bare`, ENTRY)));
  }
  const code = Object.entries(own.outputs).filter(([output]) => output.endsWith(".mjs"));
  return {
    name,
    megabytes: sum(loadedAtOnce(own).map(({ bytes }) => bytes)) / 1e6,
    megabytesInAll: sum(code.map(([, { bytes }]) => bytes)) / 1e6,
    milliseconds: Math.min(...ours),
    bareMilliseconds: usesClients ? Math.min(...bares) : undefined,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

async function bundleTo(
  entry: string,
  outdir: string,
  asked: Pick<BuildOptions, "splitting" | "sourcemap">,
): Promise<Metafile> {
  const { metafile } = await build({
    ...asked,
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    entryNames: "bundle",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    nodePaths: [path.join(root, "node_modules")],
    // What infra installs beside a bundle.
    external: ["sharp", "libheif-js"],
    banner: { js: REQUIRE_BANNER },
    metafile: true,
    logLevel: "error",
  });
  return metafile;
}

/** The entry and what it imports at once, directly or by other parts. */
function loadedAtOnce({ outputs }: Metafile): Metafile["outputs"][string][] {
  const entry = Object.keys(outputs).find((output) => path.basename(output) === ENTRY);
  const loaded = new Set<string>();
  const waiting = [entry];
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    if (loaded.has(name)) continue;
    loaded.add(name);
    for (const { kind, external, path: part } of outputs[name]?.imports ?? [])
      if (kind === "import-statement" && !external) waiting.push(part);
  }
  return [...loaded].flatMap((name) => outputs[name] ?? []);
}

/** Packages of the SDK in a bundle, each with its client. */
function clientsIn(inputs: readonly string[]): [name: string, client: string][] {
  return Object.entries(clients).filter(([name]) =>
    inputs.some((input) => input.includes(`node_modules/${name}/`)),
  );
}

function bareHandler(used: readonly [name: string, client: string][]): string {
  const imports = used.map(([name, client]) => `import { ${client} } from "${name}";`);
  return `${imports.join("\n")}\nexport const handler = () => [${used.map(([, client]) => client).join(", ")}];\n`;
}

async function importMilliseconds(bundle: string): Promise<number> {
  const program = `const from = process.cpuUsage();
    const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
    if (typeof handler !== "function") throw new Error("No handler.");
    const { user, system } = process.cpuUsage(from);
    console.log((user + system) / 1000);`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--enable-source-maps",
    "--input-type=module",
    "-e",
    program,
  ]);
  return Number(stdout);
}

function timesBare({ milliseconds, bareMilliseconds }: Cold): number | undefined {
  return bareMilliseconds === undefined ? undefined : milliseconds / bareMilliseconds;
}

function format(cold: Cold): string {
  const { name, megabytes, megabytesInAll, milliseconds, bareMilliseconds } = cold;
  const own = `${name}: ${megabytes.toFixed(2)} of ${megabytesInAll.toFixed(2)} MB, ${milliseconds.toFixed(0)} ms`;
  return bareMilliseconds === undefined
    ? `${own}, no client`
    : `${own}, bare ${bareMilliseconds.toFixed(0)} ms, ${timesBare(cold)?.toFixed(2)} times`;
}
