/**
 * Particles and the commonest endings, longest first where one ends another. What stands before
 * them is searched as well as the whole word, so that cutting too much finds more and hides nothing.
 */
const particles = [
  ...[
    "으로부터",
    "에서부터",
    "에게서",
    "한테서",
    "으로서의",
    "이라는",
    "이라고",
    "이라면",
    "에서는",
    "에서의",
  ],
  ...[
    "에서도",
    "으로는",
    "으로도",
    "으로써",
    "으로서",
    "까지",
    "부터",
    "처럼",
    "보다",
    "마다",
    "에게",
    "한테",
  ],
  ...["에서", "이나", "이란", "이라", "라는", "라고", "으로", "에는", "에도", "로는", "로도", "로서", "로써"],
  ...["들은", "들을", "들이", "들의", "만을", "조차", "밖에", "대로", "과의", "와의"],
  ...["은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "만", "로", "들", "나", "란"],
];

const endings = [
  ...[
    "하겠습니다",
    "했습니다",
    "합니다",
    "됩니다",
    "습니다",
    "하려면",
    "하려고",
    "하면서",
    "하는지",
    "하세요",
  ],
  ...[
    "한다면",
    "해야",
    "하기",
    "하는",
    "하여",
    "하고",
    "하면",
    "하지",
    "하게",
    "했다",
    "한다",
    "되는",
    "되고",
  ],
  ...[
    "되면",
    "된다",
    "되어",
    "한가요",
    "인가요",
    "가요",
    "려면",
    "려고",
    "면서",
    "해서",
    "하다",
    "되다",
    "시켜",
  ],
  ...["기", "는", "던", "고", "면", "지", "게", "함", "할", "한", "해", "된", "될", "됨", "음"],
];

const suffixes = [...new Set([...particles, ...endings])].sort((a, b) => b.length - a.length);
const particleSet = new Set(particles);

/** Fewer syllables would stand for too many words. */
const fewestSyllables = 2;

/** What a Hangul word may be without its endings, the longest cut first; empty when nothing ends it. */
export function stemsOf(word: string): string[] {
  const stems = suffixes
    .filter((suffix) => word.endsWith(suffix) && word.length - suffix.length >= fewestSyllables)
    .map((suffix) => word.slice(0, -suffix.length));
  return [...new Set(stems)].slice(0, 3);
}

/** True for what only ends the word before it: the `로` of `React로`. */
export function isParticle(word: string): boolean {
  return particleSet.has(word);
}
