/** A number as people read it in both of the site's languages: 1,234. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}
