/**
 * How OpenNext packages the site for Lambda: S3 for the cache, and tags in DynamoDB and the queue of what is
 * to be made anew by modules of ours (`open-next/` says why).
 */
export default {
  default: {
    override: {
      tagCache: () => import("./open-next/tag-cache.ts").then((module) => module.default),
      queue: () => import("./open-next/queue.ts").then((module) => module.default),
    },
  },
  imageOptimization: {
    // Without the processor's name npm installs the packages of the machine that builds.
    install: {
      packages: ["sharp@0.35.5"],
      arch: "arm64",
      os: "linux",
      libc: "glibc",
      additionalArgs: "--cpu=arm64",
    },
  },
  buildCommand: "npm run build",
};
