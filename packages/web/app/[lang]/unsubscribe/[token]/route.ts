import { unsubscribe, unsubscribePage } from "../../../../reader/unsubscribe.tsx";

// For one person, and changed by asking.
export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ lang: string; token: string }>;
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { lang } = await params;
  return unsubscribePage(lang);
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { lang, token } = await params;
  return unsubscribe(lang, token, request.headers);
}
