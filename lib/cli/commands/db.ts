import { type AnyCommand, defineCommand } from "../command";
import { Found, Misused } from "../failure";

const status = defineCommand({
  path: "db status",
  words: "Lists the control database's migrations; exit code 7 when some are not applied.",
  examples: ["db status", "db status --json"],
  where: "host",
  async run(cli) {
    const { status } = await look();
    const rows = [
      ...status.applied.map((name) => [name, "applied"]),
      ...status.pending.map((name) => [name, status.failed.includes(name) ? "did not end" : "not applied"]),
      ...status.unknown.map((name) => [name, "of another version"]),
    ];
    await cli.out.table(status, ["Migration", "State"], rows, "There are no migrations.");
    if (status.pending.length > 0)
      throw new Found(`${status.pending.length} not applied. Apply them: tenantry db migrate`);
  },
});

const migrate = defineCommand({
  path: "db migrate",
  words: "Applies the control database's pending migrations. Make a backup before: they are not taken back.",
  examples: ["db migrate --dry-run", "db migrate --yes"],
  where: "host",
  dangerous: "The control database is changed for this version, and older versions may not work with it.",
  async run(cli) {
    const { status, url, ownerUrl } = await look();
    const { pending } = status;
    const none = { applied: [] as string[] };
    if (pending.length === 0) return cli.out.result(none, "The control database is up to date.");
    await cli.before(`Would apply ${pending.join(", ")}.`);
    // What was cut off in between would be told as a migration that did not end.
    cli.endsItself("The migrations are let come to their end.");
    const { prepareControl } = await import("@/lib/jobs/prepare-control");
    const applied = await prepareControl(url, ownerUrl);
    cli.out.result({ applied }, `Applied: ${applied.join(", ")}`);
  },
});

async function look() {
  const { locateInstallation } = await import("../installation");
  const { migrationStatus } = await import("@/lib/platform/migration-status");
  const { url, ownerUrl, folder } = await locateInstallation();
  if (url === undefined) {
    throw new Misused(
      `There is no installation in ${folder}. Name its data folder (TENANTRY_DATA_DIR=…) or DATABASE_URL.`,
    );
  }
  return { status: await migrationStatus(ownerUrl ?? url).catch(away), url, ownerUrl };
}

async function away(cause: unknown): Promise<never> {
  const { AppError } = await import("@/lib/kernel/errors");
  const words = cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : String(cause);
  throw new AppError("unavailable", `The control database does not answer (${words}). See: tenantry doctor`, { cause });
}

/** `db`: the control database's own migrations. */
export const dbCommands: readonly AnyCommand[] = [status, migrate];
