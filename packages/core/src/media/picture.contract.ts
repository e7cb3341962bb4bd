import * as z from "zod";

/** What a picture element needs: sources of better formats, and the file that every browser knows. */
const renditionSchema = z.strictObject({
  sources: z.array(z.strictObject({ type: z.string(), srcset: z.string(), media: z.string().optional() })),
  src: z.string(),
  srcset: z.string(),
  width: z.number().int(),
  height: z.number().int(),
});

/** A finished picture. All addresses are paths of the site and never change what they show. */
export const pictureSchema = z
  .strictObject({
    /** Of the picture as it is shown, in pixels of the original. */
    width: z.number().int(),
    height: z.number().int(),
    isAnimated: z.boolean(),
    /** Parts can be seen through, so that nothing may lie behind it. */
    isTransparent: z.boolean(),
    /** `#rrggbb`, the colour of most of it. */
    colour: z.string(),
    /** A data URI of a few hundred bytes, to be shown until the picture has come. */
    placeholder: z.string(),
    /** 300 by 300 pixels. */
    thumbnail: renditionSchema,
    /** For the text of a page, in the widths that screens need. */
    inline: renditionSchema,
    /** Inside 800 by 600 pixels, in the format that every program knows. */
    medium: z.string(),
    /** Inside 2560 by 2560 pixels, with the watermark, in the format that every program knows. */
    full: z.string(),
  })
  .meta({ id: "Picture" });
export type Picture = z.output<typeof pictureSchema>;

/** Somebody's picture beside a name, as a square for an `img`. Its addresses never change what they show. */
export const avatarSchema = z
  .strictObject({
    /** 96 by 96 pixels. */
    src: z.string(),
    /** The same in all sizes, by width. */
    srcset: z.string(),
  })
  .meta({ id: "Avatar" });
export type Avatar = z.output<typeof avatarSchema>;
