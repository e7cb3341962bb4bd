import { expect, test } from "vitest";
import * as z from "zod";
import { accountContract } from "./account/account.contract.ts";
import { commentContract } from "./comment/comment.contract.ts";
import { type Contract, timestampSchema } from "./contract.ts";
import type { AppError } from "./errors.ts";
import { listContract } from "./list/list.contract.ts";
import { locales } from "./locale.ts";
import { operation, parse } from "./operation.ts";
import { postContract } from "./post/post.contract.ts";
import { contracts } from "./routes.ts";

const fieldsOf = (schema: z.ZodType, value: unknown, locale: "ko" | "en") => {
  try {
    parse(schema, value, locale);
  } catch (error) {
    return (error as AppError).fields;
  }
  return undefined;
};

test("a verb gets its parsed input, with defaults, coercions and tidied text", async () => {
  const echo = operation(listContract.posts.input, async (_: { locale: "ko" }, input) => input);
  expect(await echo({ locale: "ko" }, { lang: "ko", limit: "7" })).toEqual({ lang: "ko", limit: 7 });
  expect(await echo({ locale: "ko" }, { lang: "en" })).toEqual({ lang: "en", limit: 20 });
});

test.each([
  ["ko", "slug", "Hello World", "한글, 소문자, 숫자를 쓰고 사이는 하이픈(-) 하나로 이어 주세요."],
  ["en", "slug", "a--b", "Use lowercase letters and digits, joined by single hyphens (-)."],
  ["ko", "title", "가".repeat(201), "200자까지 쓸 수 있습니다."],
  ["en", "title", " ", "This cannot be empty."],
  ["ko", "title", undefined, "꼭 필요한 항목입니다."],
  ["en", "title", 7, "Send this as text."],
  ["ko", "title", "\u0000", "보이지 않는 제어 문자나 깨진 글자가 있습니다."],
  ["en", "markdown", "가".repeat(100_001), "This is too long. The limit is 300 kB."],
  ["ko", "tags", Array(21).fill("글"), "18개까지 넣을 수 있습니다."],
  ["en", "tags", "diary", "Send this as a list."],
  ["ko", "lang", "fr", "다음 중 하나여야 합니다: ko, en."],
  ["en", "lang", undefined, "This is required."],
] as const)(
  "in %s, %s of a wrong value is answered with a sentence of our own",
  (locale, field, value, sentence) => {
    const right = { lang: "ko", title: "글", slug: "글", description: "", tags: [], markdown: "" };
    expect(fieldsOf(postContract.create.input, { ...right, [field]: value }, locale)).toEqual({
      [field]: [sentence],
    });
  },
);

test("a weak password is told everything that it lacks", () => {
  const person = { email: "a@example.com", password: "가나다", displayName: "하루", locale: "ko" };
  expect(fieldsOf(accountContract.signUp.input, person, "ko")).toEqual({
    password: [
      "8자 이상이어야 합니다.",
      "소문자가 하나 이상 필요합니다.",
      "대문자가 하나 이상 필요합니다.",
      "숫자가 하나 이상 필요합니다.",
    ],
  });
});

test("unknown fields are named one by one, also those that mean something to JavaScript", () => {
  const input = JSON.parse('{"postId":"x","__proto__":1,"constructor":2}');
  const fields = fieldsOf(commentContract.list.input, input, "en");
  expect(Object.keys(fields ?? {}).sort()).toEqual(["__proto__", "constructor", "postId"]);
  expect(Object.entries(fields ?? {}).find(([name]) => name === "__proto__")?.[1]).toEqual([
    "This field is not known.",
  ]);
});

test("a million wrong values are answered with few", () => {
  const input = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`field${index}`, 1]));
  expect(Object.keys(fieldsOf(z.strictObject({}), input, "ko") ?? {})).toHaveLength(50);
});

test.each(locales)("every schema of the project has sentences of our own, in %s", (locale) => {
  const wrong = [
    undefined,
    null,
    7,
    "",
    "x".repeat(400_000),
    [],
    {},
    true,
    "\ud800",
    -1,
    1.5,
    Array(60).fill(""),
  ];
  const inputs = Object.values<Contract>(contracts).flatMap((contract) =>
    Object.values(contract).map(({ input }) => input),
  );
  const said = new Set<string>();
  for (const input of [...inputs, z.strictObject({ at: timestampSchema })])
    for (const value of wrong) {
      const names = Object.keys(input.shape);
      const fields = fieldsOf(input, Object.fromEntries(names.map((name) => [name, value])), locale) ?? {};
      for (const sentence of Object.values(fields).flat()) said.add(sentence);
    }
  // Zod's own sentences begin with these words.
  for (const sentence of said)
    expect(sentence).not.toMatch(/^(Invalid|Too|Unrecognized|잘못된|너무 작|string)/);
  expect(said.size).toBeGreaterThan(15);
});
