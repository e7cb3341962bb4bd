import { AppError } from "../errors.ts";

interface Page<Row> {
  readonly data: Row[];
  readonly cursor: string | null;
}

/** Does something with every page of a query, and counts the rows. */
export async function eachPage<Row>(
  read: (cursor: string | null) => Promise<Page<Row>>,
  erase: (rows: Row[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for (let cursor: string | null = null; ; ) {
    const page: Page<Row> = await read(cursor);
    if (page.data.length > 0) await erase(page.data);
    count += page.data.length;
    cursor = page.cursor;
    if (cursor === null) return count;
  }
}

/** A batch that a busy table did not finish is finished by the next run. */
export async function deleteAll(batch: Promise<{ readonly unprocessed: readonly unknown[] }>): Promise<void> {
  const { unprocessed } = await batch;
  if (unprocessed.length > 0) throw new AppError("unavailable");
}
