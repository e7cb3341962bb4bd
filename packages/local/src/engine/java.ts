import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

/** What each engine is compiled for. */
export const ENGINE_JAVA = {
  "table engine": 17,
  "search engine": 21,
} as const;

/** Folders in which systems keep installed JDKs, one folder a release. */
const JDK_FOLDERS = [
  "/usr/lib/jvm",
  "/Library/Java/JavaVirtualMachines",
  path.join(process.env.HOME ?? "/", ".sdkman/candidates/java"),
];

/**
 * Finds a Java that can run an engine: JAVA_HOME, then PATH, then the
 * installed JDKs, so that an old default beside a new JDK does no harm.
 * @throws Error with one sentence that says what to install
 */
export async function findJava(
  engine: keyof typeof ENGINE_JAVA = "table engine",
  environment: Readonly<Record<string, string | undefined>> = process.env,
  jdkFolders: readonly string[] = JDK_FOLDERS,
): Promise<string> {
  const oldest = ENGINE_JAVA[engine];
  let newestTooOld = 0;
  for (const candidate of candidates(environment, jdkFolders)) {
    if (!existsSync(candidate)) continue;
    const release = await releaseOf(candidate);
    if (release === undefined) continue;
    if (release >= oldest) return candidate;
    newestTooOld = Math.max(newestTooOld, release);
  }
  const found = newestTooOld > 0 ? `only Java ${newestTooOld} was found` : "none was found";
  throw new Error(
    `The local ${engine} needs Java ${oldest} or newer, and ${found}: ` +
      "install one (for instance https://adoptium.net) or set JAVA_HOME to it.",
  );
}

function* candidates(
  environment: Readonly<Record<string, string | undefined>>,
  jdkFolders: readonly string[],
): Generator<string> {
  const executable = process.platform === "win32" ? "java.exe" : "java";
  if (environment.JAVA_HOME) yield path.join(environment.JAVA_HOME, "bin", executable);
  for (const folder of (environment.PATH ?? "").split(path.delimiter)) {
    if (folder) yield path.join(folder, executable);
  }
  for (const folder of jdkFolders) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) {
      yield path.join(folder, name, "bin", executable);
      yield path.join(folder, name, "Contents/Home/bin", executable);
    }
  }
}

/** Major release, from the JDK's `release` file where there is one, because asking costs a JVM start. */
async function releaseOf(java: string): Promise<number | undefined> {
  const releaseFile = path.join(path.dirname(path.dirname(realpathSync(java))), "release");
  if (existsSync(releaseFile)) {
    const fromFile = majorOf(/^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(releaseFile, "utf8"))?.[1]);
    if (fromFile !== undefined) return fromFile;
  }
  // A stub such as macOS's /usr/bin/java exits with an error when no JDK is installed: that is no Java.
  const output = await promisify(execFile)(java, ["-version"]).catch(() => undefined);
  return majorOf(/version "([^"]+)"/.exec(output?.stderr ?? "")?.[1]);
}

/** `17.0.15` is 17, and `1.8.0_402` is 8. */
function majorOf(version: string | undefined): number | undefined {
  const numbers = /^(\d+)(?:\.(\d+))?/.exec(version ?? "");
  if (!numbers) return undefined;
  const first = Number(numbers[1]);
  return first === 1 ? Number(numbers[2] ?? 1) : first;
}
