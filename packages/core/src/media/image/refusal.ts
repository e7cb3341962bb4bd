import type { Refusal } from "../upload.contract.ts";

/** The file does not become a picture, however often it is tried. */
export class PictureRefused extends Error {
  override readonly name = "PictureRefused";
  readonly refusal: Refusal;

  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal, { cause });
    this.refusal = refusal;
  }
}
