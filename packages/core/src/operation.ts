import * as z from "zod";
import { AppError, type FieldErrors } from "./errors.ts";
import type { Locale } from "./locale.ts";

/** Zod's own sentences, in the languages of the site. */
const sentences = { ko: z.locales.ko().localeError, en: z.locales.en().localeError };

/** Sentences for the rules that this project adds to Zod's, by the `rule` in a refinement's `params`. */
const ruleSentences: Record<Locale, Record<string, (params: Record<string, unknown>) => string>> = {
  ko: {
    control_characters: () => "보이지 않는 제어 문자나 깨진 글자가 있습니다.",
    too_many_bytes: ({ maxBytes }) =>
      `너무 깁니다. ${Math.floor(Number(maxBytes) / 1000)}kB까지 쓸 수 있습니다.`,
  },
  en: {
    control_characters: () => "This contains invisible control characters or broken letters.",
    too_many_bytes: ({ maxBytes }) =>
      `This is too long. The limit is ${Math.floor(Number(maxBytes) / 1000)} kB.`,
  },
};

/**
 * Parses what came from outside, once, on entering.
 * @throws AppError `invalid_input` with a sentence per field in the person's language
 */
export function parse<S extends z.ZodType>(schema: S, value: unknown, locale: Locale): z.output<S> {
  const result = schema.safeParse(value, {
    error: (issue) => {
      if (issue.code === "custom") {
        const params = (issue.params ?? {}) as Record<string, unknown>;
        const sentence = ruleSentences[locale][String(params.rule)];
        if (sentence) return sentence(params);
      }
      return sentences[locale](issue);
    },
  });
  if (result.success) return result.data;
  const fields: Record<string, string[]> = {};
  for (const issue of result.error.issues) {
    const path = issue.path.join(".");
    fields[path] = [...(fields[path] ?? []), issue.message];
  }
  throw new AppError("invalid_input", { fields: fields satisfies FieldErrors });
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
