import { listOrFeed } from "../../../../reader/routing.ts";

// Made at the first request, kept, and made anew when a tag of its data is revalidated.
export const dynamic = "force-static";
export const revalidate = 3600;
export const generateStaticParams = () => [];

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ lang: string; segments: string[] }> },
): Promise<Response> {
  const { lang, segments } = await params;
  return listOrFeed(lang, ["series", ...segments]);
}
