/**
 * Calls that begin while one with the same key is under way, or shortly after it ended, get its
 * result. A page asks for several things at once when its token has just expired; the pool is
 * asked for one new token. A failure is shared by those who wait and then forgotten.
 */
export function shareInFlight<Result>(
  keepMilliseconds: number,
): (key: string, run: () => Promise<Result>) => Promise<Result> {
  const running = new Map<string, Promise<Result>>();
  return (key, run) => {
    const known = running.get(key);
    if (known) return known;
    const result = run();
    running.set(key, result);
    const forget = () => running.delete(key);
    result.then(() => setTimeout(forget, keepMilliseconds).unref(), forget);
    return result;
  };
}
