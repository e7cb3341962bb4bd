import type { ActorCore, Core } from "../core.ts";
import { operation } from "../operation.ts";
import type { Watermark } from "./image/watermark.ts";
import { mediaContract } from "./media.contract.ts";
import { watermarkSettings } from "./media.entity.ts";
import type { WatermarkSetting } from "./watermark.contract.ts";

const atFirst: WatermarkSetting = { isOn: true, position: "bottom-right", opacity: 0.7 };

export const readWatermark = operation(
  mediaContract.readWatermark.input,
  async (core: Core): Promise<WatermarkSetting> => {
    const { data } = await watermarkSettings(core).get({}).go();
    return data ?? atFirst;
  },
);

/** Pictures that are there keep their mark until `npm run media -- rebuild` makes them anew. */
export const changeWatermark = operation(
  mediaContract.changeWatermark.input,
  async (core: ActorCore, setting): Promise<WatermarkSetting> => {
    await watermarkSettings(core).put(setting).go();
    return setting;
  },
);

/** What is put on full pictures now. */
export async function siteWatermark(core: Core): Promise<Watermark | undefined> {
  const { isOn, ...watermark } = await readWatermark(core, {});
  return isOn ? watermark : undefined;
}
