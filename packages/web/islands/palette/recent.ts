const storageKey = "haru-recent-searches";
const most = 5;

/** What was looked for on this device, the last first. Storage may be off: then nothing is remembered. */
export function recentSearches(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string").slice(0, most) : [];
  } catch {
    return []; // Written by something else, or not readable at all.
  }
}

export function rememberSearch(query: string): void {
  store([query, ...recentSearches().filter((each) => each !== query)].slice(0, most));
}

export function forgetSearches(): void {
  store([]);
}

function store(searches: readonly string[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(searches));
  } catch {
    // A full or forbidden storage only means that nothing is remembered.
  }
}
