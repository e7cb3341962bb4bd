/*
 * What todos leave in a browser, and how it goes. Signing out is possible on every page, so this
 * file stays small and knows no library.
 */

/** Whose todos this browser opened last, so that they open without a network. */
export const accountKey = "haru-todo-account";
const databasePrefix = "haru-todo:";
/** The page that the service worker keeps. */
const pagesCache = "haru-todos-pages";

export function databaseName(accountId: string): string {
  return `${databasePrefix}${accountId}`;
}

/** Whether this browser keeps changes that no server has seen. */
export async function hasUnsentChanges(): Promise<boolean> {
  for (const name of await databaseNames()) if (await hasWaiting(name)) return true;
  return false;
}

/** Takes everybody's todos from this browser. Pages that have them open are told by their database. */
export async function forgetTodos(): Promise<void> {
  localStorage.removeItem(accountKey);
  for (const name of await databaseNames()) await finished(indexedDB.deleteDatabase(name));
  await globalThis.caches?.delete(pagesCache);
}

async function databaseNames(): Promise<string[]> {
  const databases = await indexedDB.databases();
  return databases.flatMap(({ name }) => (name?.startsWith(databasePrefix) ? [name] : []));
}

async function hasWaiting(name: string): Promise<boolean> {
  const database = await finished(indexedDB.open(name));
  try {
    const entries = await finished(database.transaction("log").objectStore("log").getAll());
    return entries.some(({ state }: { readonly state: string }) => state === "waiting");
  } finally {
    database.close();
  }
}

function finished<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
