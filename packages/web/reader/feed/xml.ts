const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for an element or an attribute. Characters that XML 1.0 cannot hold are left out. */
export function escapeXml(text: string): string {
  return withoutForbidden(text).replaceAll(/[&<>"]/g, (letter) => entities[letter] as string);
}

/** HTML inside a CDATA section, which ends nowhere but at its end. */
export function cdata(html: string): string {
  return `<![CDATA[${withoutForbidden(html).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function withoutForbidden(text: string): string {
  return text.replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "");
}

/** An element with text in it. */
export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

export const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>\n';
