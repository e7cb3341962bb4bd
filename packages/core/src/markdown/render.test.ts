import { expect, test } from "vitest";
import { markdownClasses } from "./classes.ts";
import { renderComment, rendererVersion, renderPost } from "./render.ts";

const post = (markdown: string) => renderPost(markdown).html.trim();
const comment = (markdown: string) => renderComment(markdown).html.trim();

test("Korean emphasis works where a particle follows a closing mark", () => {
  expect(post("**공지(중요)**를 봅니다")).toBe("<p><strong>공지(중요)</strong>를 봅니다</p>");
  expect(post('**"인용"**은')).toBe("<p><strong>&quot;인용&quot;</strong>은</p>");
  expect(post("**`code`**를")).toBe("<p><strong><code>code</code></strong>를</p>");
  expect(post("**[링크](/a)**는")).toBe('<p><strong><a href="/a">링크</a></strong>는</p>');
  expect(comment("*강조!*라고")).toBe("<p><em>강조!</em>라고</p>");
});

test("an address in Korean text ends before the particle and keeps Hangul in its path", () => {
  expect(post("https://example.com에서")).toBe(
    '<p><a href="https://example.com" rel="noopener">https://example.com</a>에서</p>',
  );
  expect(post("https://ko.wikipedia.org/wiki/한글")).toContain(
    'href="https://ko.wikipedia.org/wiki/%ED%95%9C%EA%B8%80"',
  );
});

test("headings get readable ids with Hangul, one each, and a list of levels two to four", () => {
  const { html, headings } = renderPost("## 설치하기\n\n### C++ & C#\n\n## 설치하기\n\n##### 깊은 곳");
  expect(html).toContain('<h2 id="h-설치하기">');
  expect(headings).toEqual([
    { level: 2, id: "h-설치하기", text: "설치하기" },
    { level: 3, id: "h-c-c", text: "C++ & C#" },
    { level: 2, id: "h-설치하기-1", text: "설치하기" },
  ]);
});

test("a heading typed as separate jamo has the id of the composed one", () => {
  const { headings } = renderPost(`## ${"한글 제목".normalize("NFD")}`);
  expect(headings[0]?.id).toBe("h-한글-제목");
});

test("a heading keeps the id that its author gave it, and links to headings find them", () => {
  const { html, headings } = renderPost(
    "## 소개 {/*intro*/}\n\n## 끝 {#end}\n\n[a](#intro) [b](#end) [c](#없음)",
  );
  expect(headings).toEqual([
    { level: 2, id: "h-intro", text: "소개" },
    { level: 2, id: "h-end", text: "끝" },
  ]);
  expect(html).toContain(
    '<a href="#h-intro">a</a> <a href="#h-end">b</a> <a href="#%EC%97%86%EC%9D%8C">c</a>',
  );
});

test("a text with first-level headings moves down, since the page's title is its only h1", () => {
  expect(post("# a\n\n## b")).toBe('<h2 id="h-a">a</h2>\n<h3 id="h-b">b</h3>');
});

test("code has classes for colours, marked lines, a file name and the hook of the copy button", () => {
  const html = post("```js {2} src/app.js\nconst a = 1;\n/* one\ntwo */\n```");
  expect(html).toMatch(
    /^<figure class="code" data-language="javascript" data-copy=""><figcaption class="code-title">src\/app.js<\/figcaption><pre tabindex="0"><code class="language-javascript">/,
  );
  expect(html).toContain(
    '<span class="code-line-marked"><span class="hljs-comment">/* one\n</span></span><span class="hljs-comment">two */</span>',
  );
});

test("code in an unknown language is shown without colours and without a class from its author", () => {
  expect(post("```mermaid\ngraph TD;\n```")).toBe(
    '<figure class="code" data-language="mermaid" data-copy=""><pre tabindex="0"><code>graph TD;\n</code></pre></figure>',
  );
});

test("a diagram is published as the code that it is written in, for readers, feeds and comments alike", () => {
  const hostile =
    '```Mermaid\nflowchart TD\n  A["<img src=x onerror=alert(1)>"]\n  click A "javascript:alert(2)"\n```';
  for (const render of [post, comment]) {
    const html = render(hostile);
    expect(html).toMatch(
      /^<figure class="code" data-language="mermaid" data-copy=""><pre tabindex="0"><code>/,
    );
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  }
  // What an author writes is never taken for the mark of a diagram.
  expect(post('data-language="mermaid"')).toBe("<p>data-language=&quot;mermaid&quot;</p>");
  expect(post('```x" data-language="mermaid"\n```')).not.toContain('data-language="mermaid"');
});

test("a character that reorders code is visible in it", () => {
  expect(post("`a\u202eb`")).toBe('<p><code>a<span class="bidi-control">[U+202E]</span>b</code></p>');
  expect(post("```js\nif (a\u2066) {}\n```")).toContain('<span class="bidi-control">[U+2066]</span>');
});

test("callouts have a title in the language of the text, from GitHub's marks and from components", () => {
  const html =
    '<div class="callout callout-warning" role="note">\n<p class="callout-title">주의</p>\n<p>조심</p>\n</div>';
  expect(post("> [!WARNING]\n> 조심")).toBe(html);
  expect(post("<Pitfall>\n\n조심\n\n</Pitfall>")).toBe(html);
  expect(post("> [!TIP]\n> Try this")).toContain('<p class="callout-title">Tip</p>');
  expect(post('<Note title="A & B">x</Note>')).toContain('<p class="callout-title">A &amp; B</p>');
});

test("task lists name their boxes", () => {
  expect(post("- [x] done\n- [ ] open")).toBe(
    '<ul class="task-list">\n<li class="task"><label><input type="checkbox" disabled="" checked=""><span>done</span></label></li>\n<li class="task"><label><input type="checkbox" disabled=""><span>open</span></label></li>\n</ul>',
  );
});

test("tables scroll by themselves and are aligned by class", () => {
  const html = post("| a | b |\n|:-:|--:|\n| 1 | 2 |");
  expect(html).toMatch(/^<div class="table-scroll" tabindex="0"><table>/);
  expect(html).toContain('<th scope="col" class="align-center">a</th>');
  expect(html).toContain('<td class="align-right">2</td>');
  expect(html).not.toContain("style");
});

test("a picture with a title is a figure with a caption", () => {
  expect(post('![고양이](/cat.jpg "창가의 고양이")')).toBe(
    '<figure class="figure"><img src="/cat.jpg" alt="고양이" loading="lazy" decoding="async"><figcaption>창가의 고양이</figcaption></figure>',
  );
});

test("footnotes lead there and back", () => {
  const html = post("말[^a] 또[^a]\n\n[^a]: 주석");
  expect(html).toContain('<a href="#fn-1" id="fnref-1" aria-label="각주 1">1</a>');
  expect(html).toContain('<a href="#fn-1" id="fnref-1-2" aria-label="각주 1">1</a>');
  expect(html).toContain('<li id="fn-1">');
  expect(html).toContain('href="#fnref-1-2" class="footnote-back"');
});

test("links to other sites carry rel, a stranger's links pass on no reputation", () => {
  expect(post("[a](https://b.c) [d](/e)")).toBe(
    '<p><a href="https://b.c" rel="noopener">a</a> <a href="/e">d</a></p>',
  );
  expect(comment("[a](https://b.c)")).toBe('<p><a href="https://b.c" rel="nofollow ugc noopener">a</a></p>');
});

test("a comment has no pictures, footnotes, components or headings, and keeps their words", () => {
  const html = comment("# 큰 제목\n\n![그림](/a.png) [^1]\n\n<Note>말</Note>\n\n[^1]: 주석");
  expect(html).not.toMatch(/<(?:h\d|img|div|section)/);
  for (const words of ["큰 제목", "그림", "&lt;Note&gt;말", "주석"]) expect(html).toContain(words);
});

test("a comment breaks lines where its writer did", () => {
  expect(comment("하나\n둘")).toBe("<p>하나<br>\n둘</p>");
});

test("what people write about code in comments stays readable", () => {
  for (const text of ["List<String> x", "{ 중괄호 }", "i <3 u", "x <= 5", "<!-- -->", "a < b > c", "<T,>"]) {
    expect(comment(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">")).toBe(`<p>${text}</p>`);
  }
});

test("reading time counts Hangul by syllables, other words by words and code by lines", () => {
  expect(renderPost("가".repeat(2_500)).readingMinutes).toBe(5);
  expect(renderPost("word ".repeat(1_100)).readingMinutes).toBe(5);
  expect(renderPost(`\`\`\`\n${"x\n".repeat(300)}\`\`\``).readingMinutes).toBe(5);
  expect(renderPost("").readingMinutes).toBe(1);
});

test("the excerpt is the beginning of the running text without headings, code and markup", () => {
  const { excerpt } = renderPost(
    `# 제목\n\n**처음**의 [말](/a).\n\n\`\`\`\ncode\n\`\`\`\n\n${"다음 말 ".repeat(100)}`,
  );
  expect(excerpt).toMatch(/^처음의 말\. 다음 말 다음 말.*다음…$|^처음의 말\. 다음 말.*말…$/);
  expect(excerpt.length).toBeLessThanOrEqual(200);
});

test("lists and callouts begin an excerpt only when there is nothing else", () => {
  expect(renderPost("- 목록\n\n> [!NOTE]\n> 알림\n\n<Intro>\n\n처음\n\n</Intro>\n\n다음").excerpt).toBe(
    "처음 다음",
  );
  expect(renderPost("- 목록\n- 둘").excerpt).toBe("목록 둘");
});

test("the renderer says its version and uses only the classes that it lists", () => {
  const { html, rendererVersion: version } = renderPost(
    "<Note>\n\n- [ ] `a`\n\n</Note>\n\n```ts\nconst a: B = 1\n```",
  );
  expect(version).toBe(rendererVersion);
  const used = [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names?.split(" ") ?? []);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((name) => !markdownClasses.has(name))).toEqual([]);
});
