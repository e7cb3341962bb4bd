import { writeFile } from "node:fs/promises";

/**
 * The last step of a pipeline that writes to a new file. Once the pipeline has settled, nothing touches the file
 * any more, so that it can be removed. After a failure `createWriteStream` may still make it: it opens by itself,
 * and nobody waits for that.
 */
export const intoFile = (file: string) => (source: AsyncIterable<Buffer>) =>
  writeFile(file, source, { flag: "wx" });
