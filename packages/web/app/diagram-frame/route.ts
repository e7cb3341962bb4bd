import { diagramFrame } from "../../reader/diagram-frame.ts";

// The same for everyone until the next release.
export const dynamic = "force-static";

export function GET(): Response {
  return diagramFrame();
}
