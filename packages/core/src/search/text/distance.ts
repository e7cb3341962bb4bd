/** Shorter words are too near to too many others. */
const shortest = 4;
const mostWords = 5;

/** How many letters may be wrong: one in short words, two in longer ones. */
export function mostMistakes(letters: string): number {
  return letters.length < shortest ? 0 : letters.length < 7 ? 1 : 2;
}

/**
 * Letters to add, drop, change or swap with their neighbour to make one word of the other, or
 * `most + 1` when it takes more than `most`.
 */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let steps = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap) steps = Math.min(steps, (beforeLast[column - 2] ?? 0) + 1);
      current.push(steps);
    }
    if (Math.min(...current) > most) return most + 1;
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? most + 1;
}

interface Candidate {
  readonly letters: string;
  readonly documents: number;
}

/**
 * The words that are nearest to what was typed, those in more documents first among equals.
 */
export function closestWords(letters: string, candidates: readonly Candidate[]): string[] {
  const most = mostMistakes(letters);
  if (most === 0) return [];
  return candidates
    .map((candidate) => ({ ...candidate, steps: distance(letters, candidate.letters, most) }))
    .filter(({ steps, letters: word }) => steps > 0 && steps <= most && word !== letters)
    .sort((a, b) => a.steps - b.steps || b.documents - a.documents || (a.letters < b.letters ? -1 : 1))
    .slice(0, mostWords)
    .map(({ letters: word }) => word);
}
