/** Characters rather than UTF-16 units, so that half of one is never a partition. */
export function initialOf(email: string): string {
  return String.fromCodePoint(email.codePointAt(0) ?? 0);
}
