import { describe, expect, test } from "vitest";
import { compileFilters, compilePattern } from "./pattern.ts";

const matches = (pattern: unknown, record: unknown) => compilePattern(JSON.stringify(pattern))(record);

// AWS Lambda Developer Guide, "Control which events Lambda sends to your function", "Filter rule syntax", and
// Amazon EventBridge User Guide, "Comparison operators for use in event patterns".
describe("every operator matches what AWS documents", () => {
  test.each<[name: string, rule: unknown[], matching: unknown[], others: unknown[]]>([
    ["equals", ["Alice"], ["Alice"], ["alice", "Alice ", 1, null, ["Bob"], {}]],
    ["equals, a number", [100], [100], ["100", 100.5, null]],
    ["equals, a boolean", [true], [true], ["true", 1, false]],
    ["null", [null], [null], ["", "null", 0, undefined]],
    ["empty", [""], [""], [null, " ", undefined]],
    ["or", ["Credit", "Debit", 3], ["Credit", "Debit", 3, ["Cash", "Debit"]], ["Cash", "3", []]],
    ["anything-but", [{ "anything-but": "Raining" }], ["Sunny", 1, ""], ["Raining", undefined, {}]],
    ["anything-but, several", [{ "anything-but": ["a", "b"] }], ["c", ["a", "c"]], ["a", "b", ["a", "b"]]],
    ["anything-but, numbers", [{ "anything-but": [1, 2] }], [3, "1"], [1, 2]],
    ["anything-but prefix", [{ "anything-but": { prefix: "us-" } }], ["eu-1", 5], ["us-1", undefined]],
    ["anything-but prefixes", [{ "anything-but": { prefix: ["a", "b"] } }], ["c1"], ["a1", "b1"]],
    ["anything-but suffix", [{ "anything-but": { suffix: ".png" } }], ["a.jpg"], ["a.png"]],
    ["anything-but ignoring case", [{ "anything-but": { "equals-ignore-case": "Init" } }], ["x"], ["INIT"]],
    ["anything-but wildcard", [{ "anything-but": { wildcard: "*/lib/*" } }], ["/src/a"], ["/a/lib/b"]],
    ["numeric equals", [{ numeric: ["=", 100] }], [100, 1e2], ["100", 101]],
    ["numeric range", [{ numeric: [">", 10, "<=", 20] }], [10.5, 20], [10, 20.1, "15"]],
    ["numeric below", [{ numeric: ["<", 0] }], [-1], [0, null]],
    ["numeric at least", [{ numeric: [">=", -1.5] }], [-1.5, 3], [-2]],
    ["exists", [{ exists: true }], ["", null, 0, false, ["x"]], [undefined, {}, { inner: 1 }, []]],
    ["does not exist", [{ exists: false }], [undefined, { inner: 1 }], ["", null, 0]],
    ["absent or a value", [{ exists: false }, "x"], [undefined, "x"], ["y"]],
    ["begins with", [{ prefix: "us-" }], ["us-east-1", "us-"], ["US-east-1", "a us-", 1]],
    [
      "begins with, ignoring case",
      [{ prefix: { "equals-ignore-case": "EventB" } }],
      ["eventbridge", "EVENTB"],
      ["event"],
    ],
    ["ends with", [{ suffix: ".png" }], ["a.png"], ["a.PNG", "png"]],
    ["ends with, ignoring case", [{ suffix: { "equals-ignore-case": ".PNG" } }], ["a.png"], ["a.jpg"]],
    ["equals, ignoring case", [{ "equals-ignore-case": "aLice" }], ["ALICE", "alice"], ["alic", 1]],
    ["wildcard", [{ wildcard: "a*b*c" }], ["abc", "a-b\n-c"], ["ab", "xabc"]],
    ["wildcard, escaped", [{ wildcard: "\\*a\\\\*.(b)" }], ["*a\\z.(b)"], ["za\\z.(b)", "*a\\z-(b)"]],
    ["cidr", [{ cidr: "10.0.0.0/24" }], ["10.0.0.255"], ["10.0.1.0", "x", 10]],
    ["cidr, IPv6", [{ cidr: "2001:db8::/32" }], ["2001:db8::1"], ["2001:db9::1"]],
  ])("%s", (_name, rule, matching, others) => {
    for (const value of matching) expect([value, matches({ a: rule }, { a: value })]).toEqual([value, true]);
    for (const value of others) expect([value, matches({ a: rule }, { a: value })]).toEqual([value, false]);
  });

  test("all fields of a pattern have to match, others are ignored", () => {
    const pattern = { Location: ["New York"], Day: ["Monday"] };
    expect(matches(pattern, { Location: "New York", Day: "Monday", more: 1 })).toBe(true);
    expect(matches(pattern, { Location: "New York", Day: "Tuesday" })).toBe(false);
    expect(matches(pattern, { Location: "New York" })).toBe(false);
  });

  test("$or joins alternatives of several fields, beside rules that always hold", () => {
    const pattern = {
      type: ["order"],
      $or: [{ city: ["Seoul"] }, { meta: { price: [{ numeric: [">", 9] }] } }],
    };
    expect(matches(pattern, { type: "order", city: "Seoul" })).toBe(true);
    expect(matches(pattern, { type: "order", city: "Paris", meta: { price: 10 } })).toBe(true);
    expect(matches(pattern, { type: "order", city: "Paris", meta: { price: 9 } })).toBe(false);
    expect(matches(pattern, { type: "other", city: "Seoul" })).toBe(false);
    expect(matches({ meta: { $or: [{ a: [1] }, { b: [1] }] } }, { meta: { b: 1 } })).toBe(true);
  });

  test("a nested pattern has to match within one element of a list", () => {
    const pattern = { items: { kind: ["a"], size: [1] } };
    expect(
      matches(pattern, {
        items: [
          { kind: "b", size: 2 },
          { kind: "a", size: 1 },
        ],
      }),
    ).toBe(true);
    expect(
      matches(pattern, {
        items: [
          { kind: "a", size: 2 },
          { kind: "b", size: 1 },
        ],
      }),
    ).toBe(false);
  });
});

// AWS Lambda Developer Guide, "Using event filtering with a DynamoDB event source".
test("a record of a table's stream matches by its keys and images, whose numbers are strings", () => {
  const record = {
    eventName: "MODIFY",
    dynamodb: {
      Keys: { pk: { S: "TODO#1" }, sk: { N: "42" } },
      NewImage: { done: { BOOL: true }, tags: { SS: ["a", "b"] }, gone: { NULL: true } },
    },
  };
  expect(matches({ eventName: ["INSERT", "MODIFY"] }, record)).toBe(true);
  expect(matches({ dynamodb: { Keys: { pk: { S: [{ prefix: "TODO#" }] } } } }, record)).toBe(true);
  expect(matches({ dynamodb: { Keys: { sk: { N: ["42"] } } } }, record)).toBe(true);
  expect(matches({ dynamodb: { Keys: { sk: { N: [42] } } } }, record)).toBe(false);
  expect(matches({ dynamodb: { Keys: { sk: { N: [{ numeric: ["=", 42] }] } } } }, record)).toBe(false);
  expect(matches({ dynamodb: { NewImage: { done: { BOOL: [true] } } } }, record)).toBe(true);
  expect(matches({ dynamodb: { NewImage: { tags: { SS: ["b"] } } } }, record)).toBe(true);
  expect(matches({ dynamodb: { OldImage: { done: { BOOL: [{ exists: false }] } } } }, record)).toBe(true);
  // "Exists" works on leaves only, so it cannot ask for an image as such.
  expect(matches({ dynamodb: { NewImage: [{ exists: true }] } }, record)).toBe(false);
});

test("several filters are alternatives, and no filter lets everything pass", () => {
  const passes = compileFilters([{ pattern: '{"a":[1]}' }, { pattern: '{"b":[2]}' }]);
  expect([{ a: 1 }, { b: 2 }, { a: 2 }].map(passes)).toEqual([true, true, false]);
  expect(compileFilters([])({})).toBe(true);
});

test.each([
  ["no JSON", "{", "it is no JSON"],
  ["a list", "[]", "must be a JSON object"],
  ["nothing", "{}", "the pattern is empty"],
  ["a bare value", '{"a":"x"}', "a must be an object or an array"],
  ["no rules", '{"a":{"b":[]}}', "a.b has no rules"],
  ["an unknown operator", '{"a":[{"regex":"x"}]}', 'a has the unknown operator "regex"'],
  ["two operators", '{"a":[{"prefix":"x","suffix":"y"}]}', "more than one operator"],
  ["a wrong comparison", '{"a":[{"numeric":["!=",1]}]}', '"numeric" of a'],
  ["a number as text", '{"a":[{"numeric":["=","1"]}]}', '"numeric" of a'],
  ["a wrong exists", '{"a":[{"exists":"yes"}]}', '"exists" of a'],
  ["a wrong prefix", '{"a":[{"prefix":1}]}', '"prefix" of a must be a string'],
  ["two stars", '{"a":[{"wildcard":"a**"}]}', "two * in a row"],
  ["a wrong range", '{"a":[{"cidr":"10.0.0.0"}]}', '"cidr" of a'],
  ["one alternative", '{"$or":[{"a":[1]}]}', "$or needs a list of two or more"],
])("a pattern with %s is refused", (_name, pattern, reason) => {
  expect(() => compilePattern(pattern)).toThrow(reason);
  expect(() => compilePattern(pattern)).toThrow("Invalid filter pattern definition");
});
