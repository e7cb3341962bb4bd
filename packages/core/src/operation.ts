import type * as z from "zod";
import { AppError } from "./errors.ts";
import type { Locale } from "./locale.ts";
import { sentenceFor } from "./sentences.ts";

/** An answer names at most so many fields: a hostile body can hold a million wrong ones. */
const mostFields = 50;
const longestPath = 200;

/**
 * Parses what came from outside, once, on entering.
 * @throws AppError `invalid_input` with a sentence per field in the person's language
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, locale: Locale): z.output<S> {
  const result = schema.safeParse(value, { error: (issue) => sentenceFor(issue, locale) });
  if (result.success) return result.data;
  const fields = new Map<string, string[]>();
  for (const issue of result.error.issues) {
    // What is not known is named by its own key, so that a form can show the sentence beside it.
    const paths =
      issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) {
      const name = path.join(".").slice(0, longestPath);
      if (fields.size >= mostFields && !fields.has(name)) break;
      fields.set(name, [...(fields.get(name) ?? []), issue.message]);
    }
  }
  throw new AppError("invalid_input", { fields: Object.fromEntries(fields) });
}

/** The part of the core that parsing needs. */
interface Speaks {
  readonly locale: Locale;
}

/**
 * A verb of the domain: parses its input on entering and then trusts it.
 * `run` gets the core first, so that a test can hand it a clock, ids and a table of its own.
 */
export function operation<C extends Speaks, S extends z.ZodType, Result>(
  schema: S,
  run: (core: C, input: z.output<S>) => Promise<Result>,
): (core: C, input: z.input<S>) => Promise<Result> {
  return async (core, input) => run(core, parse(schema, input, core.locale));
}
