import type { NextConfig } from "next";

/** Sent with every answer. Each page's own Content-Security-Policy is set where the page is made. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  // Browsers heed it on HTTPS alone, so that a local cloud is not concerned.
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=()" },
];

/** Old browsers' word for what each policy says by `frame-ancestors`. The frame of diagrams is there to be framed. */
const neverFramed = { key: "X-Frame-Options", value: "DENY" };

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: ["@haru/core"],
  // A build and a dev server must not write files of their own or ask the network for advice.
  agentRules: false,
  experimental: { agentUpgrade: false },
  // A kept feed is sent whole to everyone; who may have it already is led to where that can be looked at.
  rewrites: async () => ({
    beforeFiles: ["if-none-match", "if-modified-since"].map((key) => ({
      source: "/:path*/:file(feed\\.xml|atom\\.xml|feed\\.json)",
      has: [{ type: "header", key }],
      destination: "/conditional/:path*/:file",
    })),
    afterFiles: [],
    fallback: [],
  }),
  headers: async () => [
    { source: "/:path*", headers: securityHeaders },
    { source: "/:path((?!diagram-frame$).*)", headers: [neverFramed] },
    {
      // The names carry a hash of the content, so that a browser never has to ask again.
      source: "/assets/:file*",
      headers: [{ key: "Cache-Control", value: "public, max-age=31536000, immutable" }],
    },
  ],
};

export default config;
