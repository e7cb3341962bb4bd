/** How much of the window, from its top, counts as the place where one reads. */
const readingZone = 0.3;

/** Marks the heading that is being read in the table of contents. */
export function startContents(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".contents a")];
  const byHeading = new Map<Element, HTMLAnchorElement>();
  for (const link of links) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) byHeading.set(heading, link);
  }
  const headings = [...byHeading.keys()];
  let scheduled = false;
  const mark = () => {
    scheduled = false;
    const line = innerHeight * readingZone;
    const current = headings.findLast((heading) => heading.getBoundingClientRect().top <= line);
    for (const [heading, link] of byHeading) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const schedule = () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(mark);
  };
  if (headings.length === 0) return;
  addEventListener("scroll", schedule, { passive: true });
  addEventListener("resize", schedule, { passive: true });
  schedule();
}
