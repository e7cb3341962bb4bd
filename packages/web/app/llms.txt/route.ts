import { connection } from "next/server";
import { llmsTxt } from "../../reader/plain-files.ts";

// A build has no API to ask, so that what has no parameter is made for each request, from data that is kept.
export async function GET(): Promise<Response> {
  await connection();
  return llmsTxt();
}
