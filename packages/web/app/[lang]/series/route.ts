import { seriesIndexPage } from "../../../reader/pages.tsx";

// Made at the first request, kept, and made anew when a tag of its data is revalidated.
export const dynamic = "force-static";
export const revalidate = 3600;
export const generateStaticParams = () => [];

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ lang: string }> },
): Promise<Response> {
  return seriesIndexPage((await params).lang);
}
