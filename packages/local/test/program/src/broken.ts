import nowhere from "./nowhere.ts";

export const handler = nowhere;
