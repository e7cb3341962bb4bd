/** What differs between stages, decided once. */
export const isProduction = $app.stage === "production";

/** How long logs are kept. Long enough to look into what somebody reports, no longer. */
export const logRetention = isProduction ? "3 months" : "1 week";
