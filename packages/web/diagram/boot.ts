/*
 * The first script of the frame in which diagrams are drawn. The frame has no network: the page hands it
 * Mermaid as a text, which the frame's policy lets run because it knows its hash, and no other.
 */
import type { EngineName, FrameAnswer, FrameRequest } from "../features/diagram/protocol.ts";

addEventListener("message", ({ source, data }: MessageEvent<FrameRequest>) => {
  if (source !== parent || data.kind !== "engine") return;
  const script = document.createElement("script");
  script.textContent = data.text;
  document.head.append(script);
});

const { common = "", whole = "" } = document.documentElement.dataset as Partial<Record<EngineName, string>>;
// Its origin is opaque and its policy lets nobody but the site frame it.
parent.postMessage({ kind: "ready", engines: { common, whole } } satisfies FrameAnswer, "*");
