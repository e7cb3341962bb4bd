/**
 * Answers no sooner than a while after the request came, whatever was found out: how long it took would
 * tell who has an account, since only then is something written or mailed. What takes longer answers at
 * the next multiple of that while.
 * @param stepMilliseconds longer than the slowest ordinary answer; 0 to answer at once
 */
export async function inEvenTime<Result>(
  stepMilliseconds: number,
  run: () => Promise<Result>,
): Promise<Result> {
  const from = performance.now();
  try {
    return await run();
  } finally {
    const taken = performance.now() - from;
    const rest = stepMilliseconds > 0 ? Math.ceil(taken / stepMilliseconds) * stepMilliseconds - taken : 0;
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}
