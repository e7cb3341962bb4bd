import { Logger } from "@aws-lambda-powertools/logger";

/** One JSON line per entry. Nothing personal belongs here: no input, no token, no e-mail. */
export const logger = new Logger({ serviceName: "haru" });
