/** The package's own types are not found by way of its `exports`; this is what of them we use. */
declare module "temml" {
  interface Options {
    readonly displayMode: boolean;
    readonly throwOnError: boolean;
    readonly strict: boolean;
    readonly trust: boolean;
    readonly maxExpand: number;
    /** In `em`: of what is given an absolute size, and of a size relative to the text. */
    readonly maxSize: readonly [number, number];
  }
  const temml: { renderToString(tex: string, options: Options): string };
  export default temml;
}
