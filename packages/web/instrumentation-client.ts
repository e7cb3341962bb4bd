/*
 * Next.js runs this on application pages before anything of theirs, whose policy asks for Trusted Types
 * and forbids compiling. Next.js loads its parts by bare addresses, and React makes a script element
 * from a constant text: both go through the default policy, which lets exactly these through.
 */
import { config } from "zod";

interface Rules {
  createHTML(html: string): string | null;
  createScriptURL(url: string): string | null;
}

const { trustedTypes } = globalThis as {
  readonly trustedTypes?: { createPolicy(name: string, rules: Rules): unknown };
};

/** What React parses and takes the element out of. Nothing clears an element. */
const harmless = new Set(["", "<script></script>"]);

trustedTypes?.createPolicy("default", {
  createHTML: (html) => (harmless.has(html) ? html : null),
  createScriptURL(url) {
    const { origin, pathname } = new URL(url, location.href);
    const isOurs = pathname.startsWith("/_next/static/") || pathname === "/todo-worker.js";
    return origin === location.origin && isOurs ? url : null;
  },
});

// Zod tries whether it may compile code as soon as a schema is made. The policy forbids it and reports the attempt.
config({ jitless: true });
