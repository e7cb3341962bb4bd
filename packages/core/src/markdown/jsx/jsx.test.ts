import { expect, test } from "vitest";
import { renderPost } from "../render.ts";

const post = (markdown: string) => renderPost(markdown).html.trim();

test("an unknown component becomes its content, its title and its address", () => {
  expect(post('<Widget title="제목" href="/there" onClick={() => run()}>\n\n**안**\n\n</Widget>')).toBe(
    '<div class="component">\n<p class="component-title">제목</p>\n<p><strong>안</strong></p>\n<p><a href="/there">/there</a></p>\n</div>',
  );
});

test("an unknown component without content is shown as the code that it is", () => {
  expect(post('<Chart data="a" />')).toContain("hljs");
  expect(post("이것은 <Chart /> 입니다")).toBe("<p>이것은 <code>&lt;Chart /&gt;</code> 입니다</p>");
});

test("a tag without a partner stays text", () => {
  expect(post("List<String> 타입")).toBe("<p>List&lt;String&gt; 타입</p>");
  expect(post("<Note>\n\n끝이 없다")).toBe("<p>&lt;Note&gt;</p>\n<p>끝이 없다</p>");
  expect(post("</Note>")).toBe("<p>&lt;/Note&gt;</p>");
});

test("elements of HTML that a text is about stay text", () => {
  expect(post("The <button> element and </button>")).toBe(
    "<p>The &lt;button&gt; element and &lt;/button&gt;</p>",
  );
});

test("a tag may share its line with its content and reach over several lines", () => {
  const note =
    '<div class="callout callout-note" role="note">\n<p class="callout-title">참고</p>\n<p>말</p>\n</div>';
  for (const source of [
    "<Note>말</Note>",
    "<Note>말\n</Note>",
    "<Note>\n말</Note>",
    "<Note\n  id={1}\n>\n말\n</Note>",
  ]) {
    expect(post(source), source).toBe(note);
  }
});

test("content that is indented as in JSX is not taken for code", () => {
  expect(post("<div>\n    <ul>\n        <li>하나</li>\n        <li>둘</li>\n    </ul>\n</div>")).toBe(
    "<ul>\n<li>하나</li>\n<li>둘</li>\n</ul>",
  );
});

test("components stand inside lists and quotes and end with them", () => {
  expect(post("1. 하나\n\n   <Note>말</Note>\n\n2. 둘")).toMatch(
    /<li>\n<p>하나<\/p>\n<div class="callout.*<\/div>\n<\/li>\n<li>/s,
  );
  expect(post("> <Note>\n> 말\n> </Note>")).toMatch(/^<blockquote>\n<div class="callout/);
  expect(post("- <Note>\n\n밖\n\n</Note>")).toContain("<p>밖</p>");
});

test("a playground becomes its files with their names, hidden ones collapsed", () => {
  const html = post(
    "<Sandpack>\n\n```js\nlet a\n```\n\n```js src/b.js hidden\nlet b\n```\n\n```css\na {}\n```\n\n</Sandpack>",
  );
  expect(html).toMatch(/^<div class="code-group">/);
  expect([...html.matchAll(/code-title">([^<]*)/g)].map(([, name]) => name)).toEqual([
    "App.js",
    "styles.css",
  ]);
  expect(html).toContain("<summary>src/b.js</summary>");
});

test("a terminal shows what is typed, a console what it says", () => {
  expect(post("<TerminalBlock>\nnpm *install*\n</TerminalBlock>")).toContain("npm *install*");
  const log = post(
    "<ConsoleLogLine level=\"error\">\n\nWarning: \\<div\\>\n{'  '}at App\n\n</ConsoleLogLine>",
  );
  expect(log).toContain('<figure class="code code-error"');
  expect(log).toContain("Warning: &lt;div&gt;\n  at App");
});

test("collapsed parts, goals and recaps have titles in the language of the text", () => {
  expect(post("<Solution>\n\n답은 여기\n\n</Solution>")).toContain("<summary>정답</summary>");
  expect(post("<Recap>\n\nAll of it\n\n</Recap>")).toContain('<p class="panel-title">Recap</p>');
});

test("a drawing without a file becomes its description and caption", () => {
  expect(post('<Diagram name="a" alt="나무 그림">\n\n처음 상태\n\n</Diagram>')).toBe(
    '<figure class="figure">\n<p>나무 그림</p>\n<figcaption>\n<p>처음 상태</p>\n</figcaption>\n</figure>',
  );
});

test("a video becomes a link to it", () => {
  expect(post('<YouTubeIframe src="https://www.youtube.com/embed/TQQPAU21ZUw" />')).toContain(
    'href="https://www.youtube.com/watch?v=TQQPAU21ZUw"',
  );
});

test("tags inside a line become elements when they are well nested, and text when they are not", () => {
  expect(post('<kbd>Ctrl</kbd> <CodeStep step={2}>값</CodeStep> <a href="/b">c</a>')).toBe(
    '<p><kbd>Ctrl</kbd> <mark class="mark mark-2">값</mark> <a href="/b">c</a></p>',
  );
  expect(post("**<b>a**</b>")).toBe("<p><strong>&lt;b&gt;a</strong>&lt;/b&gt;</p>");
});

test("comments and text expressions vanish into what JSX would show", () => {
  expect(post("가{/* 나 */}다{' '}라{\"마\"}")).toBe("<p>가다 라마</p>");
  expect(post("{/* 여러\n\n줄 */}\n\n글")).toBe("<p>글</p>");
  expect(post("값은 {props.value} 입니다")).toBe("<p>값은 {props.value} 입니다</p>");
});

test("module lines are shown as code, prose that begins like them is not", () => {
  expect(post("import A from './a'\n\n글")).toMatch(/^<figure class="code" data-language="javascript"/);
  expect(post("import 문은 파일 처음에 씁니다")).toBe("<p>import 문은 파일 처음에 씁니다</p>");
});

test("JSX inside code is only code", () => {
  const html = post("`<Note>` 와\n\n```jsx\n<Note>\n  {x}\n</Note>\n```");
  expect(html).toContain("<code>&lt;Note&gt;</code>");
  expect(html).not.toContain("callout");
});
