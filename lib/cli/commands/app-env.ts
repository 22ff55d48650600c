import { defineCommand } from "../command";

/** `app-env`: what an app of the platform's own needs to use the tenant runtime. */
export const appEnv = defineCommand({
  path: "app-env",
  words: "Prints what an app with tenantry/runtime needs, for a shell. It opens every tenant's database: keep it.",
  examples: ["app-env", "app-env --json"],
  where: "host",
  async run(cli) {
    const { appUrl } = await cli.host();
    const { env } = await import("@/lib/platform/env");
    const { TENANTRY_SECRET_KEY, TENANTRY_OLD_SECRET_KEYS: old } = env();
    const settings = {
      TENANTRY_DATABASE_URL: appUrl,
      TENANTRY_SECRET_KEY,
      ...(old.length > 0 && { TENANTRY_OLD_SECRET_KEYS: old.join(",") }),
    };
    const lines = Object.entries(settings).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
    cli.out.result(settings, lines.join("\n"));
  },
});
