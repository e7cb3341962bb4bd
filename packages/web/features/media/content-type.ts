import { acceptedTypes } from "@haru/core/media/upload.contract";

/** What a file is taken for. Browsers know no type for the photos of an iPhone on other systems. */
export function contentTypeOf(file: File): (typeof acceptedTypes)[number] | undefined {
  if (/\.hei[cf]$/i.test(file.name)) return "image/heic";
  return acceptedTypes.find((type) => type === file.type);
}
