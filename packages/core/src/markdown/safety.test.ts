import { expect, test } from "vitest";
import { hostileMarkup } from "../../test/hostile-markup.ts";
import { cleanVerdict, judge } from "../../test/markdown-oracle.ts";
import { renderComment, renderPost } from "./render.ts";

const profiles = [
  ["post", (markdown: string) => renderPost(markdown).html],
  ["comment", (markdown: string) => renderComment(markdown).html],
] as const;

test.each(profiles)("no probe leaves anything active in a %s", (_name, render) => {
  for (const probe of hostileMarkup) {
    const html = render(probe);
    expect(judge(html), probe).toEqual(cleanVerdict(html));
  }
});

test.each(profiles)("probes stay harmless beside and inside each other in a %s", (_name, render) => {
  for (const distance of [1, 5, 17, 31]) {
    const pairs = hostileMarkup.map(
      (probe, index) => [probe, hostileMarkup[(index + distance) % hostileMarkup.length]] as const,
    );
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
