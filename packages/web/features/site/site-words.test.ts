import type { SiteSettings } from "@haru/core/site/site.contract";
import { expect, test } from "vitest";
import { siteMessages } from "./messages.ts";
import { siteWords } from "./site-words.ts";

const none = { title: "", description: "", navigation: [] };
const settings: SiteSettings = {
  words: { ko: none, en: none },
  socialLinks: [],
  defaultLocale: "ko",
  comments: { approval: "first", closeAfterDays: 0 },
  feedHub: "",
  revision: 0,
};

test("a site that nobody named bears the product's name in each language", () => {
  expect(siteWords(settings, "ko").name).toBe(siteMessages.ko.name);
  expect(siteWords(settings, "en").tagline).toBe(siteMessages.en.tagline);
});

test("a name in one language leaves the other language alone", () => {
  const named = { ...settings, words: { ko: { ...none, title: "나날" }, en: none } };
  expect(siteWords(named, "ko").name).toBe("나날");
  expect(siteWords(named, "en").name).toBe(siteMessages.en.name);
});
