import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const folder = path.resolve(import.meta.dirname, "../.github/workflows");
const workflows = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), "utf8")]);

test.each(workflows)(
  "%s takes the code of others by commit, and may only read unless a job says so",
  (_, text) => {
    const used = [...(text ?? "").matchAll(/^\s*(?:- )?uses: (\S+)/gm)].map(([, action = ""]) => action);
    expect(used.filter((action) => !action.startsWith("./") && !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
    expect(used).not.toEqual([]);
    const atTheTop = /^permissions:\n((?: {2}.+\n)+)/m.exec(text ?? "")?.[1];
    expect(atTheTop).toMatch(/^ {2}contents: read\n(?: {2}id-token: write\n)?$/);
  },
);
