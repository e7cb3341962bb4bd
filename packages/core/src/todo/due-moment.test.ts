import { expect, test } from "vitest";
import { momentOf } from "./due-moment.ts";

const at = (date: string, time: string | null, timeZone: string) =>
  momentOf({ date, time, timeZone })?.toISOString();

test("an hour is meant where it was written, on both sides of a change of clocks", () => {
  expect(at("2026-11-22", "09:00", "Asia/Seoul")).toBe("2026-11-22T00:00:00.000Z");
  expect(at("2026-03-29", "01:30", "Europe/Berlin")).toBe("2026-03-29T00:30:00.000Z");
  expect(at("2026-03-29", "03:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
});

test("what has no moment is no error: a device may have sent anything", () => {
  expect(at("2026-11-22", null, "Asia/Seoul")).toBeUndefined();
  expect(at("2026-11-22", "09:00", "Nowhere/Land")).toBeUndefined();
  for (const date of ["0000-01-01", "0001-01-01", "0099-06-01", "9999-12-31"])
    for (const zone of ["Asia/Seoul", "America/New_York"])
      expect(() => at(date, "23:59", zone)).not.toThrow();
});
