import type { ActorCore, Core } from "../core.ts";
import { AppError } from "../errors.ts";
import { defaultLocale } from "../locale.ts";
import { operation } from "../operation.ts";
import { commit, inTransaction } from "../transaction.ts";
import { type CommentPolicy, type SiteSettings, siteContract } from "./site.contract.ts";
import { siteSettings } from "./site.entity.ts";

const usualComments: CommentPolicy = { approval: "first", closeAfterDays: 0 };
const noWords: SiteSettings["words"]["ko"] = { title: "", description: "", navigation: [] };

/** A site that nobody has changed yet. */
const untouched: SiteSettings = {
  words: { ko: noWords, en: noWords },
  socialLinks: [],
  defaultLocale,
  comments: usualComments,
  feedHub: "",
  revision: 0,
};

export const read = operation(siteContract.read.input, async (core: Core): Promise<SiteSettings> => {
  const { data } = await siteSettings(core).get({}).go({ consistent: true });
  return data ? { ...untouched, ...data } : untouched;
});

export const update = operation(
  siteContract.update.input,
  async (core: ActorCore, { revision, ...fields }): Promise<SiteSettings> => {
    const next = { ...fields, revision: revision + 1 };
    const { written } = await commit(core, [
      inTransaction(siteSettings(core))
        .put(next)
        .where((row, is) => (revision === 0 ? is.notExists(row.revision) : is.eq(row.revision, revision)))
        .commit(),
    ]);
    if (written) return next;
    const now = await read(core, {});
    if (isSame(now, next)) return now;
    throw new AppError("conflict");
  },
);

/** Whether a change that was refused is there already: its answer got lost. */
function isSame(a: SiteSettings, b: SiteSettings): boolean {
  const text = ({ words: { ko, en }, socialLinks, defaultLocale: locale, ...rest }: SiteSettings) => [
    ...[ko, en].map(({ title, description, navigation }) => [title, description, linksOf(navigation)]),
    linksOf(socialLinks),
    locale,
    rest.comments.approval,
    rest.comments.closeAfterDays,
    rest.feedHub,
    rest.revision,
  ];
  return JSON.stringify(text(a)) === JSON.stringify(text(b));
}

function linksOf(links: readonly { readonly label: string; readonly href: string }[]): string[][] {
  return links.map(({ label, href }) => [label, href]);
}
