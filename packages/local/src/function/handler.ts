import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A handler as Lambda's Node.js runtime calls it. */
export type Handler = (event: unknown, context: unknown, callback: unknown) => unknown;

/**
 * Loads `file.export` of a folder as Lambda's Node.js runtime does: the file
 * name ends at the first dot, the export may be nested.
 * @throws RuntimeError when the name, the file, its syntax or the export is wrong
 * @throws whatever the module throws while it is loaded
 */
export async function loadHandler(folder: string, handler: string): Promise<Handler> {
  const match = /^([^.]*)\.(.+)$/.exec(path.basename(handler));
  if (!match?.[1] || !match[2]) throw new RuntimeError("Runtime.MalformedHandlerName", "Bad handler");
  const file = path.join(folder, path.dirname(handler), match[1]);
  const found = ["", ".js", ".mjs", ".cjs"].map((ending) => file + ending).find((name) => existsSync(name));
  if (!found) throw new RuntimeError("Runtime.ImportModuleError", `Error: Cannot find module '${match[1]}'`);
  let value: unknown = await importModule(pathToFileURL(found).href);
  for (const name of match[2].split(".")) value = (value as Record<string, unknown> | undefined)?.[name];
  if (typeof value === "function") return value as Handler;
  const reason = value === undefined ? "is undefined or not exported" : "is not a function";
  throw new RuntimeError("Runtime.HandlerNotFound", `${path.basename(handler)} ${reason}`);
}

async function importModule(url: string): Promise<Record<string, unknown>> {
  try {
    const module = await import(url);
    // A CommonJS bundle's exports that Node could not see ahead are on `default` only.
    return module.default && typeof module.default === "object" ? { ...module.default, ...module } : module;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError("Runtime.UserCodeSyntaxError", String(error), error.stack);
    }
    const { code, stack } = error as { code?: string; stack?: string };
    if (code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND") {
      throw new RuntimeError("Runtime.ImportModuleError", String(error), stack);
    }
    throw error;
  }
}

/** An error of the runtime itself, named as Lambda names it. */
export class RuntimeError extends Error {
  override readonly name: string;
  constructor(name: string, message: string, stack?: string) {
    super(message);
    this.name = name;
    this.stack = stack ?? `${name}: ${message}`;
  }
}
