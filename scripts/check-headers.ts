/**
 * npm run headers -- <url>: looks at what Mozilla's Observatory looks at, on a page of each kind, and
 * says what is missing. It asks the given site and nobody else. Over HTTP, as on a local cloud, it
 * leaves out what only HTTPS can have.
 */
import { readArguments, refuseArguments } from "./arguments.ts";

const usage = "npm run headers -- http://127.0.0.1:3000";
const [site = ""] = readArguments(usage, {}).positionals;
if (!URL.canParse(site)) refuseArguments(usage);
const isSecure = site.startsWith("https:");
const paths = ["/ko", "/en", "/ko/sign-in", "/en/sign-up", "/ko/no-such-page"];

/** Draws what posts hold, in an origin of its own, and is there to be framed. */
const framePath = "/diagram-frame";

interface Check {
  readonly name: string;
  /** Why a page fails, or nothing. */
  readonly fault: (page: Page) => string | undefined;
}

interface Page {
  readonly headers: Headers;
  readonly html: string;
  /** The directives of the Content-Security-Policy by name. */
  readonly policy: ReadonlyMap<string, string>;
}

const header = (page: Page, name: string) => page.headers.get(name)?.toLowerCase() ?? "";
const unless = (isRight: boolean, fault: string) => (isRight ? undefined : fault);
const scripts = ({ policy }: Page) =>
  policy.get("script-src") ?? policy.get("default-src") ?? "'unsafe-inline'";

const checks: readonly Check[] = [
  {
    name: "CSP: nothing by default",
    fault: ({ policy }) => unless(policy.get("default-src") === "'none'", "default-src is not 'none'"),
  },
  {
    name: "CSP: no unsafe scripts",
    fault: (page) => unless(!/unsafe-inline|unsafe-eval|data:|https:|\*/.test(scripts(page)), scripts(page)),
  },
  {
    name: "CSP: no unsafe styles",
    fault: ({ policy }) =>
      unless(!/unsafe-inline/.test(policy.get("style-src") ?? ""), "style-src has 'unsafe-inline'"),
  },
  {
    name: "CSP: no markup from text",
    fault: ({ policy }) =>
      unless(policy.get("require-trusted-types-for") === "'script'", "Trusted Types are not asked for"),
  },
  {
    name: "CSP: no frames around",
    fault: ({ policy }) =>
      unless(policy.get("frame-ancestors") === "'none'", "frame-ancestors is not 'none'"),
  },
  {
    name: "CSP: base and forms stay here",
    fault: ({ policy }) =>
      unless(
        policy.get("base-uri") === "'none'" && policy.get("form-action") === "'self'",
        "base-uri or form-action is open",
      ),
  },
  {
    name: "Cookies",
    fault: ({ headers }) =>
      headers
        .getSetCookie()
        .find((cookie) => !/samesite/i.test(cookie) || (isSecure && !/secure/i.test(cookie))),
  },
  {
    name: "CORS",
    fault: (page) => unless(header(page, "access-control-allow-origin") !== "*", "any origin may read it"),
  },
  {
    name: "Referrer-Policy",
    fault: (page) =>
      unless(
        /^(no-referrer|same-origin|strict-origin(-when-cross-origin)?)$/.test(
          header(page, "referrer-policy"),
        ),
        "missing or too open",
      ),
  },
  {
    name: "Strict-Transport-Security",
    fault: (page) =>
      unless(
        Number(/max-age=(\d+)/.exec(header(page, "strict-transport-security"))?.[1] ?? 0) >= 15_768_000,
        "missing or under six months",
      ),
  },
  {
    name: "Subresource integrity",
    fault: ({ html }) => /<script[^>]+src="(?:https?:)?\/\/[^"]+"(?![^>]*integrity)/.exec(html)?.[0],
  },
  {
    name: "X-Content-Type-Options",
    fault: (page) => unless(header(page, "x-content-type-options") === "nosniff", "missing"),
  },
  { name: "X-Frame-Options", fault: (page) => unless(header(page, "x-frame-options") === "deny", "missing") },
  {
    name: "Cross-Origin-Resource-Policy",
    fault: (page) => unless(header(page, "cross-origin-resource-policy") === "same-origin", "missing"),
  },
  {
    name: "Cross-Origin-Opener-Policy",
    fault: (page) => unless(header(page, "cross-origin-opener-policy") === "same-origin", "missing"),
  },
  {
    name: "Permissions-Policy",
    fault: (page) => unless(header(page, "permissions-policy") !== "", "missing"),
  },
  { name: "No word about the server", fault: (page) => page.headers.get("x-powered-by") ?? undefined },
];

const frameChecks: readonly Check[] = [
  {
    name: "CSP: an origin of its own",
    fault: ({ policy }) => unless(policy.get("sandbox") === "allow-scripts", "it is not sandboxed"),
  },
  {
    name: "CSP: no network",
    fault: ({ policy }) =>
      unless(
        policy.get("default-src") === "'none'" && !policy.has("connect-src") && !policy.has("img-src"),
        "it may load something",
      ),
  },
  {
    name: "CSP: scripts by their hashes alone",
    fault: (page) => unless(/^'sha256-[^']+'( 'sha256-[^']+')*$/.test(scripts(page)), scripts(page)),
  },
  {
    name: "CSP: framed by the site alone",
    fault: ({ policy }) =>
      unless(policy.get("frame-ancestors") === "'self'", "frame-ancestors is not 'self'"),
  },
];

async function read(path: string): Promise<Page> {
  const response = await fetch(new URL(path, site));
  const policy = (response.headers.get("content-security-policy") ?? "")
    .split(";")
    .map((directive) => directive.trim())
    .filter(Boolean)
    .map((directive) => [directive.split(" ")[0] ?? "", directive.split(" ").slice(1).join(" ")] as const);
  return { headers: response.headers, html: await response.text(), policy: new Map(policy) };
}

const asked = [...paths.map((path) => [path, checks] as const), [framePath, frameChecks] as const];
let faults = 0;
for (const [path, wanted] of asked) {
  const page = await read(path);
  for (const { name, fault } of wanted) {
    const reason = fault(page);
    if (reason !== undefined) faults++;
    if (reason !== undefined) process.stdout.write(`${path}  ${name}: ${reason}\n`);
  }
}
const total = asked.reduce((sum, [, wanted]) => sum + wanted.length, 0);
process.stdout.write(`${total - faults} of ${total} right.\n`);
process.exitCode = faults > 0 ? 1 : 0;
