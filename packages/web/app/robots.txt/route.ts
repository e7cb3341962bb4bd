import { connection } from "next/server";
import { robotsTxt } from "../../reader/plain-files.ts";

// The site's own address is known only while it runs.
export async function GET(): Promise<Response> {
  await connection();
  return robotsTxt();
}
