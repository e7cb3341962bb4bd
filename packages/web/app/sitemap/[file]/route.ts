import { defaultLocale } from "@haru/core/locale";
import { notFound } from "../../../reader/answer.tsx";
import { sitemap } from "../../../reader/sitemap.ts";

// Made at the first request, kept, and made anew when a tag of its data is revalidated.
export const dynamic = "force-static";
export const revalidate = 3600;
export const generateStaticParams = () => [];

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ file: string }> },
): Promise<Response> {
  return (await sitemap((await params).file)) ?? notFound(defaultLocale);
}
