import type { Command } from "commander";
import { env } from "@/lib/platform/env";
import { openInstallation } from "./installation";
import { answer } from "./output";

/** `app-env`: what an app of the platform's own needs to use the tenant runtime. */
export function addAppCommands(program: Command): void {
  program
    .command("app-env")
    .description(
      "Prints what an app with tenantry/runtime needs, for a shell. It opens every tenant's database: keep it.",
    )
    .option("--json", "write the result as JSON")
    .action(print);
}

async function print(options: { json?: boolean }): Promise<void> {
  const { appUrl } = await openInstallation();
  const { TENANTRY_SECRET_KEY, TENANTRY_OLD_SECRET_KEYS: old } = env();
  const settings = {
    TENANTRY_DATABASE_URL: appUrl,
    TENANTRY_SECRET_KEY,
    ...(old.length > 0 && { TENANTRY_OLD_SECRET_KEYS: old.join(",") }),
  };
  const lines = Object.entries(settings).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
  answer(options, settings, lines.join("\n"));
}
