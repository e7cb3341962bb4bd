import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../cloud.ts";
import type { RunningSchedule } from "../mapping/schedule-target.ts";
import { functionLabels } from "./function-label.ts";
import type { Journal } from "./journal.ts";
import { sendLive } from "./live.ts";
import { createPageFiles } from "./page-files.ts";
import { drawPicture } from "./picture.ts";
import { type Architecture, lambdaDollars } from "./price.ts";
import { watchQueues } from "./queues.ts";
import { isAskedByName, isFromOwnPage } from "./same-origin.ts";
import { watchTables } from "./tables.ts";
import type { CloudView, FunctionTotals, FunctionView, ScheduleView } from "./view.ts";

/** The page of a running cloud, in front of everything that the program serves. */
export interface Console {
  /** `/_tiny` */
  readonly path: string;
  /** True for the paths that it answers itself. */
  takes(url: string): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** What a route answers: JSON for the page, or undefined when there is no such thing. */
type Route = (captured: string, query: URLSearchParams) => unknown;

export function createConsole(options: {
  readonly cloud: Cloud;
  readonly appName: string;
  readonly journal: Journal;
  readonly schedules: readonly RunningSchedule[];
}): Console {
  const { cloud, appName, journal, schedules } = options;
  const base = `/_${appName}`;
  const startedAt = Date.now();
  const pageFile = createPageFiles({ base, keepsBundler: cloud.watch });
  const queues = watchQueues(cloud);
  const tables = watchTables(cloud);
  const functions = describeFunctions(cloud);
  const totals = () => journal.totals().map((one) => withPrice(one, cloud));

  const reading: readonly [RegExp, Route][] = [
    [/^cloud$/, (): CloudView => viewOf(cloud, { appName, startedAt, functions })],
    [/^picture$/, () => drawPicture(cloud, functions)],
    [/^calls\/(\d+)$/, (id) => journal.find(Number(id))],
    [/^queues\/([^/]+)\/messages$/, (name) => queues.messages(name)],
    [/^tables$/, () => tables.list()],
    [/^tables\/([^/]+)\/rows$/, (name, query) => tables.rows(name, query)],
    [/^schedules$/, () => schedules.map(describeSchedule)],
  ];
  const changing: readonly [RegExp, Route][] = [
    [/^queues\/([^/]+)\/redrive$/, (name) => queues.redrive(name)],
    [/^schedules\/([^/]+)\/run$/, (name) => runNow(schedules, name)],
  ];

  return {
    path: base,
    takes: (url) => url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`),
    async answer(request, response) {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      if (!isAskedByName(request))
        return refuse(response, 403, "The console is asked by a name of this machine.");
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://console");
      const path = pathname.slice(base.length + 1);
      const isReading = request.method === "GET" || request.method === "HEAD";
      if (isReading && path === "live") return sendLive(response, { journal, queues, totals });
      if (!isReading && (request.method !== "POST" || !isFromOwnPage(request))) {
        return refuse(response, 403, "Only the console's own page may change something.");
      }
      const file = isReading ? await pageFile(path) : undefined;
      if (file) {
        response.writeHead(200, { "content-type": file.contentType }).end(file.body);
        return;
      }
      const result = await ask(isReading ? reading : changing, path, searchParams).catch(
        (error: Error) => error,
      );
      if (result instanceof Error) return refuse(response, 500, result.message);
      if (result === undefined) return refuse(response, 404, "The console has nothing there.");
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
    },
  };
}

async function ask(
  routes: readonly [RegExp, Route][],
  path: string,
  query: URLSearchParams,
): Promise<unknown> {
  for (const [pattern, route] of routes) {
    const match = pattern.exec(path);
    if (match) return route(decodeURIComponent(match[1] ?? ""), query);
  }
  return undefined;
}

function refuse(response: ServerResponse, statusCode: number, message: string): void {
  response.writeHead(statusCode, { "content-type": "application/json" }).end(JSON.stringify({ message }));
}

function viewOf(
  cloud: Cloud,
  more: {
    readonly appName: string;
    readonly startedAt: number;
    readonly functions: readonly FunctionView[];
  },
): CloudView {
  const { appName, startedAt, functions } = more;
  return { app: appName, stage: cloud.stage, startedAt, mailboxUrl: cloud.endpoints.ses, functions };
}

function describeFunctions({ resources, functions }: Cloud): FunctionView[] {
  const declared = resources
    .filter(({ type }) => type === "aws:lambda/function:Function")
    .flatMap(({ inputs, declaredAt }) => {
      const definition = functions.get(inputs.name);
      return definition ? [{ definition, declaredAt }] : [];
    });
  const labels = functionLabels(declared.map(({ definition }) => definition));
  return declared.map(({ definition: { name, source, memoryMegabytes, timeoutSeconds }, declaredAt }) => ({
    name,
    label: labels.get(name) ?? name,
    memoryMegabytes,
    timeoutSeconds,
    ...(source ? { source } : {}),
    ...(declaredAt ? { declaredAt } : {}),
  }));
}

function withPrice(totals: Omit<FunctionTotals, "dollars">, { resources }: Cloud): FunctionTotals {
  const declared = resources.find(
    ({ type, inputs }) => type === "aws:lambda/function:Function" && inputs.name === totals.functionName,
  );
  const architecture: Architecture = declared?.inputs.architectures?.[0] ?? "x86_64";
  const memoryMegabytes: number = declared?.inputs.memorySize ?? 128;
  const { calls: count, billedMs } = totals;
  return { ...totals, dollars: lambdaDollars({ count, billedMs, memoryMegabytes, architecture }) };
}

function describeSchedule(schedule: RunningSchedule): ScheduleView {
  const { name, expression, timeZone, targetArn } = schedule;
  const nextAt = schedule.next();
  const target = targetArn.split(":").at(-1) ?? targetArn;
  return { name, expression, timeZone, target, ...(nextAt === undefined ? {} : { nextAt }) };
}

async function runNow(schedules: readonly RunningSchedule[], name: string): Promise<object | undefined> {
  const schedule = schedules.find((one) => one.name === name);
  if (!schedule) return undefined;
  await schedule.runNow();
  return { asked: true };
}
