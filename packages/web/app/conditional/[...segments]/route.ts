import { conditional } from "../../../reader/feed/conditional.ts";
import { feedAnswer } from "../../../reader/feed/feed-page.ts";

/**
 * A feed for whoever may have it already. What is kept whole cannot look at a request, so that
 * `next.config.ts` leads those requests here; the data is the same, and is kept as well.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ segments: string[] }> },
): Promise<Response> {
  return conditional(request.headers, await feedAnswer((await params).segments));
}
