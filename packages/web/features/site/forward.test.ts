import { expect, test } from "vitest";
import { apiPathOf, headersToForward, isFromOwnPage } from "./forward.ts";

const origin = "https://haru.example";
const headers = (entries: Record<string, string>) => new Headers(entries);

test("a change is taken from our own pages only", () => {
  const fromOwn = (entries: Record<string, string>) => isFromOwnPage("POST", headers(entries), origin);
  expect(fromOwn({ "sec-fetch-site": "same-origin", origin })).toBe(true);
  expect(fromOwn({ origin })).toBe(true);
  for (const entries of [
    { "sec-fetch-site": "cross-site", origin },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { origin: "https://evil.example" },
    { origin: "null" },
    {},
  ] as Record<string, string>[])
    expect(fromOwn(entries), JSON.stringify(entries)).toBe(false);
});

test("reading is refused to other sites and open to the address bar", () => {
  expect(isFromOwnPage("GET", headers({ "sec-fetch-site": "none" }), origin)).toBe(true);
  expect(isFromOwnPage("GET", headers({}), origin)).toBe(true);
  expect(isFromOwnPage("GET", headers({ "sec-fetch-site": "cross-site" }), origin)).toBe(false);
});

test("only routes of the contract are reached", () => {
  expect(apiPathOf("GET", ["account"])).toBe("/account");
  expect(apiPathOf("PUT", ["author", "posts", "pst_1"])).toBe("/author/posts/pst_1");
  expect(apiPathOf("GET", ["posts", "by-slug", "ko", "%ED%95%98%EB%A3%A8"])).toBe(
    "/posts/by-slug/ko/%ED%95%98%EB%A3%A8",
  );
  expect(apiPathOf("GET", ["posts", "by-slug", "ko", "하루"])).toBe("/posts/by-slug/ko/%ED%95%98%EB%A3%A8");
  expect(apiPathOf("DELETE", ["account"])).toBeUndefined();
  expect(apiPathOf("GET", ["internal", "revalidate"])).toBeUndefined();
});

test("a path cannot climb out of its route", () => {
  for (const segment of ["..", "%2e%2e", ".", "", "%2E"])
    expect(apiPathOf("PUT", ["author", "posts", segment]), segment).toBeUndefined();
  expect(apiPathOf("PUT", ["author", "posts", "a%2F..%2Fb"])).toBe("/author/posts/a%2F..%2Fb");
});

test("cookies and forged identity stay behind, the token and the request's own headers go on", () => {
  const forwarded = headersToForward(
    headers({
      cookie: "session=x",
      authorization: "Bearer forged",
      "x-forwarded-for": "1.2.3.4",
      "x-client-address": "192.0.2.1",
      "x-edge-secret": "known to the front door",
      "user-agent": "a browser",
      "content-type": "application/json",
      "idempotency-key": "0123456789abcdef",
      "accept-language": "ko",
    }),
    "token",
  );
  expect(Object.fromEntries(forwarded)).toEqual({
    "accept-language": "ko",
    authorization: "Bearer token",
    "content-type": "application/json",
    "idempotency-key": "0123456789abcdef",
    "user-agent": "a browser",
    "x-client-address": "192.0.2.1",
    "x-edge-secret": "known to the front door",
  });
  expect(headersToForward(headers({ authorization: "Bearer forged" }), undefined).has("authorization")).toBe(
    false,
  );
});
