/**
 * Looks whether a site that was deployed answers as it should, from outside and as nobody in particular:
 * `npm run smoke -- https://haru.example`. It writes nothing.
 */
import { readArguments, refuseArguments } from "./arguments.ts";

interface Expectation {
  readonly what: string;
  readonly path: string;
  readonly status: number;
  /** Answers what is wrong, or nothing. */
  check?(response: Response, body: string): string | undefined;
}

const timeoutMilliseconds = 20_000;

const reader: Expectation["check"] = ({ headers }, body) => {
  if (!headers.get("content-type")?.startsWith("text/html")) return "is no page";
  if (!body.includes("<main")) return "has no content";
  if (!headers.get("content-security-policy")?.includes("script-src 'self'")) return "has no strict policy";
  if (headers.has("set-cookie")) return "sets a cookie, so that it cannot be the same for everyone";
  return headers.get("x-content-type-options") === "nosniff" ? undefined : "may be taken for another type";
};

const json: Expectation["check"] = ({ headers }) =>
  headers.get("content-type")?.includes("json") ? undefined : "is no JSON";

const expectations: readonly Expectation[] = [
  { what: "the front page in Korean", path: "/ko", status: 200, check: reader },
  { what: "the front page in English", path: "/en", status: 200, check: reader },
  { what: "a page that is not there", path: "/ko/posts/smoke-nothing-here", status: 404, check: reader },
  {
    what: "signing in, which no cache may keep",
    path: "/ko/sign-in",
    status: 200,
    check: ({ headers }) =>
      headers.get("cache-control")?.includes("no-store") ? undefined : "may be kept by caches",
  },
  { what: "the API's description", path: "/api/openapi.json", status: 200, check: json },
  { what: "the API's list of posts", path: "/api/posts?lang=ko", status: 200, check: json },
  { what: "the API without a token", path: "/api/account", status: 401, check: json },
  { what: "a file of the site", path: "/favicon.svg", status: 200 },
];

/** @returns what is wrong, or nothing */
async function look(base: URL, { path, status, check }: Expectation): Promise<string | undefined> {
  try {
    const response = await fetch(new URL(path, base), {
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const body = await response.text();
    if (response.status !== status) return `answers ${response.status} instead of ${status}`;
    return check?.(response, body);
  } catch (error) {
    return `does not answer (${(error as Error).message})`;
  }
}

const usage = "npm run smoke -- https://haru.example";
const [address = ""] = readArguments(usage, {}).positionals;
if (!URL.canParse(address)) refuseArguments(usage);
let failures = 0;
for (const expectation of expectations) {
  const from = performance.now();
  const wrong = await look(new URL(address), expectation);
  if (wrong) failures++;
  const milliseconds = Math.round(performance.now() - from);
  process.stdout.write(
    `${wrong ? "✗" : "✓"} ${expectation.what}: ${wrong ?? "as it should be"} (${milliseconds} ms)\n`,
  );
}
process.stdout.write(
  failures === 0 ? "The site answers.\n" : `${failures} of ${expectations.length} are wrong.\n`,
);
process.exitCode = failures === 0 ? 0 : 1;
