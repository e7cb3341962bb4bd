import { expect, test } from "vitest";
import { readTheme, themeCookieOf } from "./theme.ts";

test("a chosen theme is found among other cookies", () => {
  expect(readTheme("a=1; theme=dark; b=2")).toBe("dark");
  expect(readTheme("theme=light")).toBe("light");
});

test("no choice, an unknown one and a look-alike follow the device", () => {
  for (const cookies of ["", "theme=", "theme=neon", "my-theme=dark", "theme=darker"])
    expect(readTheme(cookies)).toBe("system");
});

test("what is stored is what is read back, and the device's choice removes the cookie", () => {
  expect(readTheme(themeCookieOf("dark").split(";")[0] ?? "")).toBe("dark");
  expect(themeCookieOf("system")).toContain("Max-Age=0");
});
