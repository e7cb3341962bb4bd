import { conditional } from "../../reader/feed/conditional.ts";
import { feedAnswer } from "../../reader/feed/feed-page.ts";

// A build has no API to ask, so that what has no parameter is made for each request, from data that is kept.
export async function GET(request: Request): Promise<Response> {
  return conditional(request.headers, await feedAnswer(["feed.json"]));
}
