import { normalizeHangul } from "./text/hangul.ts";

/** A title as its beginning is looked up: in one form of letters, without case. */
export function titleKeyOf(title: string): string {
  return normalizeHangul(title).toLowerCase().trim();
}
