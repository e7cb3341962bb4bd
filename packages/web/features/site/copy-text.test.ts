import { afterEach, expect, test, vi } from "vitest";
import { copyAndSay } from "./copy-text.ts";

afterEach(() => vi.unstubAllGlobals());

test("what was copied is on the clipboard, and the person is told so in their language", async () => {
  const written: string[] = [];
  vi.stubGlobal("navigator", { clipboard: { writeText: async (text: string) => void written.push(text) } });
  expect(await copyAndSay("an address", "en")).toEqual({ isCopied: true, sentence: "Copied." });
  expect(await copyAndSay("주소", "ko")).toEqual({ isCopied: true, sentence: "복사했습니다." });
  expect(written).toEqual(["an address", "주소"]);
});

test.each([
  ["refuses", { clipboard: { writeText: () => Promise.reject(new DOMException("", "NotAllowedError")) } }],
  ["has no clipboard", {}],
])("a browser that %s is no failure: the person is told to copy by hand", async (_, navigator) => {
  vi.stubGlobal("navigator", navigator);
  const sentence = expect.stringMatching(/did not allow|막았습니다/);
  expect(await copyAndSay("an address", "en")).toEqual({ isCopied: false, sentence });
  expect(await copyAndSay("주소", "ko")).toEqual({ isCopied: false, sentence });
});
