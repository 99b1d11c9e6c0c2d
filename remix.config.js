/** @type {import("@remix-run/dev").AppConfig} */
export default {
  server: "./app/server.ts",
  serverBuildPath: "build/index.js",
  serverModuleFormat: "esm",
  serverPlatform: "node",
  serverMinify: false,
  ignoredRouteFiles: ["**/*.test.*"],
  tailwind: false,
  postcss: false,
  // Single fetch and lazy route discovery stay off (their flags are not set):
  // see docs/decisions/0001-remix-2-classic.md.
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: false,
    v3_lazyRouteDiscovery: false,
  },
};
