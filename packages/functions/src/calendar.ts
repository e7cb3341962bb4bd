import { address, read, renew, withdraw } from "@haru/core/calendar/calendar";
import { calendarContract } from "@haru/core/calendar/calendar.contract";
import { serve } from "./http.ts";

export const handler = serve(calendarContract, { address, renew, withdraw, read });
