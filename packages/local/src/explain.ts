/** What a person can do about errors of the operating system, by their code. */
const SENTENCES: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full: make room and start again.",
  EDQUOT: "Your quota on this disk is used up: make room and start again.",
  EROFS: "The folder cannot be written, because its disk is read-only.",
  EMFILE: "Too many files are open: raise the limit (`ulimit -n 4096`) and start again.",
};

/** One sentence for a person; the stack is for those who ask for it with LOCAL_CLOUD_TRACE=1. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env.LOCAL_CLOUD_TRACE === "1") return error.stack ?? error.message;
  const { code, path, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") return `The port ${port} is taken by another program: stop it and start again.`;
  if (code === "EACCES" || code === "EPERM") return `This user may not write ${path ?? "there"}.`;
  return SENTENCES[code ?? ""] ?? error.message;
}
