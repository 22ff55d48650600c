import { log } from "@/lib/platform/log";
import { quoteName } from "@/lib/platform/postgres";
import type { Control } from "./control-questions";

const tables = ["tenant_usage_logs", "server_ticks"];

/** Days for which partitions are made ahead, today included. */
const daysAhead = 3;

const dayMilliseconds = 86_400_000;

/** Makes the partitions of the coming days and drops those whose last sample is older than `retentionDays`. */
export async function keepPartitions(control: Control, retentionDays: number, now: Date): Promise<void> {
  for (const table of tables) {
    for (let ahead = 0; ahead < daysAhead; ahead++) {
      const day = new Date(now.getTime() + ahead * dayMilliseconds).toISOString().slice(0, 10);
      await attempt(() => control.query("SELECT ensure_usage_partition($1::regclass, $2::date)", [table, day]));
    }
    for (const name of expired(await partitionsOf(control, table), table, retentionDays, now)) {
      await attempt(() => control.query(`DROP TABLE IF EXISTS ${quoteName(name)}`));
    }
  }
}

/** The daily partitions whose day ended more than `retentionDays` ago. */
export function expired(names: string[], table: string, retentionDays: number, now: Date): string[] {
  const oldest = new Date(now.getTime() - retentionDays * dayMilliseconds).toISOString().slice(0, 10);
  const first = `${table}_${oldest.replaceAll("-", "")}`;
  return names.filter((name) => /_\d{8}$/.test(name) && name.startsWith(`${table}_`) && name < first);
}

async function partitionsOf(control: Control, table: string): Promise<string[]> {
  const { rows } = await control.query<{ name: string }>(
    `SELECT child.relname AS name FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
      WHERE inhparent = $1::regclass`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** A partition that is in use now, or that another worker is making, is left for the next time. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => log().warn({ error: String(error) }, "a usage partition was left as it is"));
}
