import type { Ruler } from "markdown-it";

/**
 * Wraps a rule that the parser or a plugin brought, for instance to count what it makes.
 * The ruler has no public way to read a rule by its name, so this looks into it.
 */
export function guardRule<Args extends unknown[], Result>(
  ruler: Ruler<Args, Result>,
  name: string,
  wrap: (rule: (...args: Args) => Result) => (...args: Args) => Result,
): void {
  const found = ruler.__rules__.find((rule) => rule.name === name);
  if (!found) throw new Error(`The parser has no rule "${name}".`);
  ruler.at(name, wrap(found.fn), { alt: found.alt });
}
