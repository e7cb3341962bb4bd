import { searchPage } from "../../../reader/search-page.tsx";

export const dynamic = "force-dynamic";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ lang: string }> },
): Promise<Response> {
  return searchPage((await params).lang, request);
}
