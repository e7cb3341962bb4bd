/*
 * Runs before the first paint on every page, so it is small and knows no modules: the chosen
 * theme, whether somebody is signed in, and the visitor's hour for the line of light.
 */
import { readSessionHint } from "../features/account/session-hint.ts";
import { readTheme } from "../features/site/theme.ts";

const root = document.documentElement;
const theme = readTheme(document.cookie);
const role = readSessionHint(document.cookie);
const now = new Date();

if (theme !== "system") root.dataset.theme = theme;
if (role) root.dataset.session = role;
root.dataset.scripts = "";
root.style.setProperty("--hour", String(now.getHours() + now.getMinutes() / 60));
