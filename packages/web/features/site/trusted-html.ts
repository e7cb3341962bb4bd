/**
 * The only way from text to markup in a browser that knows Trusted Types: the pages' policy lets no
 * other string into `innerHTML` or a parser. Browsers that do not know them take the text as it is.
 */
interface Policy {
  createHTML(html: string): string;
}

interface Factory {
  createPolicy(name: string, rules: Policy): Policy;
}

let policy: Policy | undefined;

function trust(html: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  policy ??= trustedTypes?.createPolicy("haru", { createHTML: (text) => text });
  return policy ? policy.createHTML(html) : html;
}

/** HTML that our API rendered, whose renderer lets nothing active through. */
export function renderedHtml(html: string): string {
  return trust(html);
}

/** What somebody pasted or brings along, as a document that runs nothing and is never shown. */
export function parseInert(text: string, type: "text/html" | "text/xml"): Document {
  return new DOMParser().parseFromString(trust(text), type);
}
