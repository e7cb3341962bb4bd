import { calendarAnswer } from "../../../reader/calendar.ts";

// For one person, and ended at once when they want it.
export const dynamic = "force-dynamic";

interface Context {
  readonly params: Promise<{ token: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return calendarAnswer((await params).token, request.headers);
}
