import * as z from "zod";

export const watermarkPositions = ["top-left", "top-right", "bottom-left", "bottom-right", "centre"] as const;

/** The site's mark on full pictures. */
export const watermarkFields = {
  isOn: z.boolean(),
  position: z.enum(watermarkPositions),
  opacity: z.number().min(0.1).max(1),
};
export const watermarkSettingSchema = z.strictObject(watermarkFields).meta({ id: "WatermarkSetting" });
export type WatermarkSetting = z.output<typeof watermarkSettingSchema>;
