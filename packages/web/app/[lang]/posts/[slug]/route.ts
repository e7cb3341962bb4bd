import { postPage } from "../../../../reader/pages.tsx";
import { postSource } from "../../../../reader/plain-files.ts";

// Made at the first request, kept, and made anew when a tag of its data is revalidated.
export const dynamic = "force-static";
export const revalidate = 3600;
export const generateStaticParams = () => [];

const sourceEnding = ".md";

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ lang: string; slug: string }> },
): Promise<Response> {
  const { lang, slug } = await params;
  return slug.endsWith(sourceEnding)
    ? postSource(lang, slug.slice(0, -sourceEnding.length))
    : postPage(lang, slug);
}
