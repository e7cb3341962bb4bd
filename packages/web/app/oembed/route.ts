import { oembedAnswer } from "../../reader/oembed.ts";

export function GET(request: Request): Promise<Response> {
  return oembedAnswer(request);
}
