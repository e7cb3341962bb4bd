import { revalidateTag } from "next/cache";
import * as z from "zod";
import { revalidateSecret } from "../../../core.ts";
import { cacheTag } from "../../../features/site/cache-tag.ts";
import { isSameSecret } from "../../../features/site/same-secret.ts";

const inputSchema = z.strictObject({ tags: z.array(z.string().min(1).max(300)).min(1).max(100) });

/**
 * Called when what readers see has changed: the next request for a page with one of the tags
 * makes it anew. The caller proves itself with the shared secret in `X-Revalidate-Secret`.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameSecret(request.headers.get("x-revalidate-secret"), revalidateSecret()))
    return new Response(null, { status: 401 });
  const input = inputSchema.safeParse(await request.json().catch(() => undefined));
  if (!input.success) return Response.json({ error: z.prettifyError(input.error) }, { status: 400 });
  for (const tag of input.data.tags) revalidateTag(cacheTag(tag), { expire: 0 });
  return Response.json({ revalidated: input.data.tags.length }, { headers: { "cache-control": "no-store" } });
}
