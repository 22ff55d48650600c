import { defineConfig } from "prisma/config";

// Generation is WebAssembly only; naming any existing file keeps Prisma from downloading its native schema engine.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ||= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
