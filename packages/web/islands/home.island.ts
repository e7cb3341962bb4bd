import { startReadingKeys } from "./reading-keys.ts";
import { startShell } from "./shell.ts";

startShell();
startReadingKeys();
