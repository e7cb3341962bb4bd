interface Segment {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Text with what fits the query marked. */
export function Marked({ segments }: { readonly segments: readonly Segment[] }) {
  let at = 0;
  return segments.map(({ text, isMarked }) => {
    const key = at;
    at += text.length;
    return isMarked ? <mark key={key}>{text}</mark> : text;
  });
}
