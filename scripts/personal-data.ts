/**
 * What people type, and what proves who they are, as the journeys plant it: no line of any log may
 * hold it. Text that a person writes for everybody to read is no secret.
 */
const patterns: Readonly<Record<string, RegExp>> = {
  "an e-mail": /[\w.+-]+(?:@|%40)haru\.example/i,
  "a password": /(?:Right|Other|Wrong)-horse-\d|Haru-2026/,
  "a token": /\beyJ[\w-]{10,}\.[\w-]*\./,
  "a name": /이하늘|Sky Lee|한겨울|Winter Han/,
};

/** What of that a line of a log holds, or nothing. */
export function personalIn(line: string): string | undefined {
  return Object.entries(patterns).find(([, pattern]) => pattern.test(line))?.[0];
}
