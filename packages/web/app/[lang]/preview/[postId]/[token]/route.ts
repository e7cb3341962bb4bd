import { sharedDraftPage } from "../../../../../reader/shared-draft.tsx";

// An address that was withdrawn must not open again from any cache.
export const dynamic = "force-dynamic";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ lang: string; postId: string; token: string }> },
): Promise<Response> {
  const { lang, postId, token } = await params;
  return sharedDraftPage(lang, postId, token, request.headers);
}
