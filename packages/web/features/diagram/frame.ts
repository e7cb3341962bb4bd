import {
  type Drawing,
  type EngineName,
  engineNames,
  type FrameAnswer,
  type FrameRequest,
  type Look,
  maxSourceLength,
} from "./protocol.ts";

/** Why a source stays code: `line` is where Mermaid stopped reading, counted from 1. */
export type Refusal =
  | { readonly kind: "refused"; readonly line: number | undefined }
  | { readonly kind: "tooMuch" }
  | { readonly kind: "notLoaded" };

export type Outcome = { readonly kind: "drawn"; readonly drawing: Drawing } | Refusal;

interface Frame {
  readonly element: HTMLIFrameElement;
  readonly engines: Readonly<Record<EngineName, string>>;
}

const framePath = "/diagram-frame";
/** Enough for a slow line. */
const loadMilliseconds = 60_000;
const drawMilliseconds = 10_000;

/** The only addresses that the frame may have the page load for it. */
const enginePath = /^\/assets\/diagram-(?:common|whole)-[0-9A-Z]+\.js$/;

let frame: Promise<Frame> | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Draws a source, after those that were asked for before. Mermaid runs in a frame without the page's origin and
 * without a network: what it makes of a hostile source stays there, and only texts come back. A source on which
 * it hangs costs its frame; the next one gets another.
 * @param isWanted asked when its turn has come: who types shows a text anew sooner than all of them are drawn
 * @returns nothing when it is not wanted any more
 */
export function draw(source: string, look: Look, isWanted: () => boolean): Promise<Outcome | undefined> {
  const turn = queue.then(() => (isWanted() ? drawNow(source, look) : undefined));
  queue = turn;
  return turn;
}

async function drawNow(source: string, look: Look): Promise<Outcome> {
  if (source.length > maxSourceLength) return { kind: "tooMuch" };
  frame ??= openFrame();
  const opened = await frame.catch(closeFrame);
  if (!opened) return { kind: "notLoaded" };
  const request: FrameRequest = { kind: "draw", source, look };
  const first = await ask(opened.element, drawMilliseconds, request).catch(closeFrame);
  if (first?.kind !== "lacking") return outcomeOf(first);
  const loaded = await loadEngine(opened, "whole").then(
    () => true,
    () => false,
  );
  if (!loaded) return { kind: "notLoaded" };
  return outcomeOf(await ask(opened.element, drawMilliseconds, request).catch(closeFrame));
}

/** @param answer none when the frame gave none in time */
function outcomeOf(answer: FrameAnswer | undefined): Outcome {
  if (!answer) return { kind: "tooMuch" };
  return answer.kind === "drawn" || answer.kind === "refused" ? answer : { kind: "refused", line: undefined };
}

async function openFrame(): Promise<Frame> {
  const element = Object.assign(document.createElement("iframe"), {
    className: "diagram-frame",
    src: framePath,
    tabIndex: -1,
    ariaHidden: "true",
  });
  element.sandbox.add("allow-scripts");
  const ready = ask(element, loadMilliseconds);
  document.body.append(element);
  const answer = await ready;
  const engines = answer.kind === "ready" ? answer.engines : undefined;
  if (!engines || !engineNames.every((name) => enginePath.test(engines[name])))
    throw new Error("The frame for diagrams is none of ours.");
  const opened = { element, engines };
  await loadEngine(opened, "common");
  return opened;
}

function closeFrame(): undefined {
  document.querySelector(".diagram-frame")?.remove();
  frame = undefined;
}

/** The page loads for the frame, which keeps nothing: a browser has an engine for as long as it is the same. */
async function loadEngine({ element, engines }: Frame, name: EngineName): Promise<void> {
  const response = await fetch(engines[name], { signal: AbortSignal.timeout(loadMilliseconds) });
  if (!response.ok) throw new Error(`${engines[name]} answered ${response.status}.`);
  post(element, { kind: "engine", text: await response.text() });
}

/** The frame's next word, to a request if there is one. It answers one at a time. */
function ask(element: HTMLIFrameElement, milliseconds: number, request?: FrameRequest): Promise<FrameAnswer> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const timer = setTimeout(() => {
      listening.abort();
      reject(new Error(`The frame for diagrams did not answer within ${milliseconds} ms.`));
    }, milliseconds);
    const onMessage = ({ source, data }: MessageEvent<FrameAnswer>) => {
      if (source !== element.contentWindow) return;
      clearTimeout(timer);
      listening.abort();
      resolve(data);
    };
    addEventListener("message", onMessage, { signal: listening.signal });
    if (request) post(element, request);
  });
}

function post(element: HTMLIFrameElement, request: FrameRequest): void {
  // Its origin is opaque, so that none can be named; what it may be is said by the page's policy.
  element.contentWindow?.postMessage(request, "*");
}
