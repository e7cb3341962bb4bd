import { expect, test } from "vitest";
import { repeatsOpening } from "./repeats-opening.ts";

const long =
  "이 자습서에서는 작은 게임을 만들어 봅니다. 미리 알아야 할 것은 없고, 여기서 배운 것은 어디서나 쓰이며 오래 남습니다. 천천히 따라오세요.";

test("an excerpt that was made from the text is known, through marks, entities and leads", () => {
  const excerpt = `${long.slice(0, 50)}…`;
  for (const html of [
    `<p>${long}</p><h2 id="h-a">A</h2>`,
    `<div class="lead"><p>${long.replace("작은", "<strong>작은</strong>")}</p></div>`,
  ])
    expect(repeatsOpening(excerpt, html), html).toBe(true);
  expect(repeatsOpening('<T> & "x"', "<p><code>&lt;T&gt;</code> &amp; &quot;x&quot; 다음</p>")).toBe(true);
});

test("an excerpt that runs over several paragraphs is known by how it begins", () => {
  const excerpt = `${long} 둘째 문단은 조금 다르게 적혀 있다.…`;
  expect(repeatsOpening(excerpt, `<p>${long}</p><p>둘째 문단은 다르다.</p>`)).toBe(true);
});

test("an excerpt is known behind a line for the day and the names, and not in the middle of the text", () => {
  const byline = '<p>June 15, 2022 by <a href="https://haru.example">Autumn</a></p><hr>';
  expect(repeatsOpening(long, `${byline}<div class="lead"><p>${long}</p></div>`)).toBe(true);
  expect(repeatsOpening(long, `<p>하나</p><p>둘</p><p>${long}</p>`)).toBe(false);
});

test("a description that somebody wrote is shown, and an empty one is not", () => {
  expect(repeatsOpening("한 줄 소개", `<p>${long}</p>`)).toBe(false);
  expect(repeatsOpening("", `<p>${long}</p>`)).toBe(true);
});
