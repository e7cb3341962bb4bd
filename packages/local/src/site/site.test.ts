import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import type { FunctionDefinition } from "../cloud.ts";
import { freePort } from "../engine/port.ts";
import type { Site } from "../synth.ts";
import { buildSite } from "./build.ts";
import { type RunningSite, startSite } from "./site.ts";
import { hashSources } from "./sources.ts";

const FIXTURE = path.resolve(import.meta.dirname, "../../test/site");
const root = mkdtempSync(path.join(tmpdir(), "site-"));
const started: RunningSite[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((site) => site.stop()));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
  rmSync(path.join(FIXTURE, ".next"), { recursive: true, force: true });
});

const server: FunctionDefinition = {
  arn: "arn:aws:lambda:us-east-1:000000000000:function:web",
  name: "web",
  functionId: "WebServer",
  folder: "/nowhere",
  handler: "index.handler",
  runtime: "nodejs24.x",
  environment: { NEXT_PUBLIC_NAME: "links", SST_KEY: "secret", OWN: "1" },
  links: { Api: { url: "http://127.0.0.1:1" } },
  timeoutSeconds: 20,
  memoryMegabytes: 1024,
  reservedConcurrency: undefined,
  source: undefined,
};

/** A folder with a `build` script and nothing of Next.js. */
function scripted(build: string): Site {
  const folder = mkdtempSync(path.join(root, "scripted-"));
  mkdirSync(path.join(folder, ".next"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "x", scripts: { build } }));
  return { name: "Web", folder, placeholder: folder };
}

function build(site: Site, declared: Record<string, string> = {}) {
  const logged: string[] = [];
  const environment = { PATH: process.env.PATH ?? "", HOME: root, ...declared };
  const log = (line: { message: string }) => void logged.push(line.message);
  return buildSite({ ...nextBuild(site), dataFolder: root, environment, declared, log }).then(() => logged);
}

function nextBuild({ name, folder }: Site) {
  return { name, folder, root, command: "npm run build", output: ".next" } as const;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(isTrue: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error(`${what} did not happen within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("Next.js serves the site with the environment and the links of its function, built only when stale", async () => {
  const logged: string[] = [];
  const port = await freePort();
  const start = async () => {
    const site = await startSite({
      site: { name: "Web", folder: FIXTURE, placeholder: FIXTURE },
      server,
      root,
      dataFolder: root,
      port,
      watch: false,
      engineVariables: { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:2" },
      log: (line) => logged.push(line.message),
      onGone: (reason) => logged.push(reason.message),
    });
    started.push(site);
    return site;
  };
  const site = await start();
  expect(site.url).toBe(`http://127.0.0.1:${port}`);
  expect(await (await fetch(site.url)).text()).toContain("built with <!-- -->links");
  const seen = (await (await fetch(`${site.url}/api/env`)).json()) as Record<string, string>;
  expect(seen).toMatchObject({ OWN: "1", AWS_ENDPOINT_URL_S3: "http://127.0.0.1:2", NODE_ENV: "production" });
  expect(JSON.parse(seen.SST_RESOURCES_JSON ?? "")).toEqual(server.links);
  // Nothing else of this process leaks in.
  expect(seen).not.toHaveProperty("VITEST");
  expect(seen).not.toHaveProperty("SST_KEY");
  await site.stop();
  await expect(fetch(site.url)).rejects.toThrow();

  expect(logged.filter((line) => line.startsWith("builds"))).toHaveLength(1);
  await start();
  expect(logged.filter((line) => line.startsWith("builds"))).toHaveLength(1);
}, 300_000);

test("in development the site's own script serves it, to this machine only, with its WebSocket", async () => {
  const port = await freePort();
  const site = await startSite({
    site: { name: "Web", folder: FIXTURE, placeholder: FIXTURE },
    server,
    root,
    dataFolder: root,
    port,
    watch: true,
    engineVariables: {},
    log: () => {},
    onGone: () => {},
  });
  started.push(site);
  expect(await (await fetch(site.url)).text()).toContain("built with <!-- -->links");
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  for (const { address, family, internal } of others) {
    if (internal || family !== "IPv4") continue;
    await expect(
      fetch(`http://${address}:${port}`, { signal: AbortSignal.timeout(2_000) }),
    ).rejects.toThrow();
  }
  // As the front door passes it on: the function's host, and the origin that the browser is at.
  const headers = {
    host: "web.lambda-url.us-east-1.on.aws",
    origin: "http://127.0.0.1:3000",
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  const status = await new Promise((resolve, reject) => {
    const outgoing = request(`${site.url}/_next/hmr?id=1`, { headers });
    outgoing.on("upgrade", (answer, socket) => {
      socket.destroy();
      resolve(answer.statusCode);
    });
    outgoing.on("response", (answer) => resolve(answer.statusCode)).on("error", reject);
    outgoing.end();
  });
  expect(status).toBe(101);
}, 120_000);

test("a failed build is told with the end of its output and where the rest is", async () => {
  const site = scripted("echo the reason >&2; exit 3");
  const failure = await build(site).then(String, (error: Error) => error.message);
  expect(failure).toContain("The site Web could not be built");
  expect(failure).toContain("the reason");
  const [, file = ""] = /whole output is in (.+?)\)/.exec(failure) ?? [];
  expect(readFileSync(file, "utf8")).toContain("the reason");
  // It is tried again, since nothing was built.
  expect(await build(site).then(String, () => "failed again")).toBe("failed again");
});

test("a build sees the declared variables and is made again when they change", async () => {
  const site = scripted('echo "$SHOWN" >> .next/seen');
  const seen = () => readFileSync(path.join(site.folder, ".next/seen"), "utf8");
  await build(site, { SHOWN: "one" });
  expect(await build(site, { SHOWN: "one" })).toEqual([]);
  expect(seen()).toBe("one\n");
  await build(site, { SHOWN: "two" });
  expect(seen()).toBe("one\ntwo\n");
});

test("a build for Lambda and one of Next.js do not take each other's output for their own", async () => {
  const site = scripted("echo next >> .next/built");
  const bundle = { ...nextBuild(site), command: "echo bundle >> .next/built", output: ".open-next" } as const;
  mkdirSync(path.join(site.folder, ".open-next"));
  const environment = { PATH: process.env.PATH ?? "", HOME: root };
  const bundled = () => buildSite({ ...bundle, dataFolder: root, environment, declared: {}, log() {} });
  await build(site);
  await bundled();
  rmSync(path.join(site.folder, ".next/built"));
  await bundled();
  expect(existsSync(path.join(site.folder, ".next/built"))).toBe(false);
  await build(site);
  await bundled();
  expect(readFileSync(path.join(site.folder, ".next/built"), "utf8")).toBe("next\nbundle\n");
});

test("a build ends with the process that started it, killed or not", async () => {
  const site = scripted("echo $$ > .next/pid; sleep 1000");
  const program = `
    import { buildSite } from ${JSON.stringify(path.join(import.meta.dirname, "build.ts"))};
    await buildSite(${JSON.stringify({ ...nextBuild(site), dataFolder: root, environment: { PATH: process.env.PATH, HOME: root }, declared: {} }).replace(/\}$/, ", log() {} }")});
  `;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    cwd: import.meta.dirname,
    stdio: "inherit",
  });
  const file = path.join(site.folder, ".next/pid");
  await until(() => existsSync(file) && readFileSync(file, "utf8").trim() !== "", "the build");
  const pid = Number(readFileSync(file, "utf8"));
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await until(() => !isAlive(pid), "the end of the build");
});

test("sources, the packages of the same repository, the lockfile and the environment count; results do not", () => {
  const site = path.join(root, "repo/web");
  const core = path.join(root, "repo/core");
  const deep = path.join(root, "repo/deep");
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  write(path.join(site, "package.json"), '{"dependencies":{"core":"*","installed":"*"}}');
  write(path.join(site, "app/page.tsx"), "1");
  write(path.join(core, "package.json"), '{"dependencies":{"deep":"*"}}');
  write(path.join(deep, "index.ts"), "1");
  write(path.join(root, "repo/package-lock.json"), "1");
  write(path.join(root, "repo/node_modules/installed/index.js"), "1");
  symlinkSync(core, path.join(root, "repo/node_modules/core"));
  symlinkSync(deep, path.join(root, "repo/node_modules/deep"));
  const hash = (declared = {}) => hashSources(site, path.join(root, "repo"), declared);

  const changes: Record<string, boolean> = {
    "web/app/page.tsx": true,
    "web/public/new.txt": true,
    "core/new.ts": true,
    "deep/index.ts": true,
    "package-lock.json": true,
    "web/.next/build.js": false,
    "web/tsconfig.tsbuildinfo": false,
    "web/next-env.d.ts": false,
    "node_modules/installed/index.js": false,
    "other/index.ts": false,
  };
  for (const [file, counts] of Object.entries(changes)) {
    const before = hash();
    write(path.join(root, "repo", file), "2");
    expect([file, hash() !== before]).toEqual([file, counts]);
  }
  expect(hash({ A: "1" })).not.toBe(hash({ A: "2" }));
  expect(hash({ A: "1", B: "2" })).toBe(hash({ B: "2", A: "1" }));
});

test("a site that dies is started again", async () => {
  const folder = mkdtempSync(path.join(root, "dying-"));
  // A stand-in for Next.js that says its process id: what is tested is who watches it.
  cpSync(path.join(FIXTURE, "package.json"), path.join(folder, "package.json"));
  const next = path.join(folder, "node_modules/next");
  mkdirSync(path.join(next, "dist/bin"), { recursive: true });
  writeFileSync(path.join(next, "package.json"), '{"name":"next"}');
  writeFileSync(
    path.join(next, "dist/bin/next"),
    'require("http").createServer((_, r) => r.end(String(process.pid))).listen(Number(process.argv[process.argv.indexOf("--port") + 1]), "127.0.0.1");',
  );
  writeFileSync(path.join(folder, "package.json"), '{"name":"x","scripts":{"build":"mkdir -p .next"}}');
  const site = await startSite({
    site: { name: "Web", folder, placeholder: folder },
    server,
    root,
    dataFolder: root,
    port: await freePort(),
    watch: false,
    engineVariables: {},
    log: () => {},
    onGone: () => {},
  });
  started.push(site);
  const pid = async () => Number(await (await fetch(site.url)).text().catch(() => "0"));
  const first = await pid();
  process.kill(first, "SIGKILL");
  await until(async () => {
    const now = await pid().catch(() => first);
    return now !== first && now !== 0;
  }, "the restart");
});
