import { save } from "./save.ts";

export const handler = () => save("tick", { at: new Date().toISOString() });
