import path from "node:path";

/** The nearest lockfile is not this site's, so the folder of the packages is named. */
export default {
  turbopack: { root: path.resolve(import.meta.dirname, "../../../..") },
  experimental: { agentUpgrade: false },
  agentRules: false,
};
