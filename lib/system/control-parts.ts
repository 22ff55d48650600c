import { migrationNames } from "@/lib/platform/migration-names";
import type { Asked, Found, PartRule } from "./part";
import { many } from "./part";

const slowMs = 250;
/** Of the connections that others than superusers may open. */
const fewLeft = 0.1;
const clockMs = { degraded: 1000, down: 30_000 };

type Facts = { version: string; bytes: number; used: number; most: number; startedAt: Date };

/** The control database, its migrations, and whether this host and it agree about the time. */
export const controlParts: readonly PartRule[] = [
  {
    name: "control-database",
    label: "Control database",
    measured: "the time of SELECT 1; pg_stat_activity, max_connections and pg_database_size()",
    look: controlDatabase,
  },
  {
    name: "migrations",
    label: "Migrations of the control database",
    measured: "the table _prisma_migrations beside prisma/migrations",
    look: migrations,
  },
  {
    name: "clocks",
    label: "Clocks",
    measured: "this host's clock in the middle of a question, and PostgreSQL's clock_timestamp()",
    look: clocks,
  },
];

async function controlDatabase({ db }: Asked): Promise<Found> {
  const began = performance.now();
  await db.$queryRaw`SELECT 1`;
  const ms = performance.now() - began;
  const [facts] = await db.$queryRaw<Facts[]>`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database())::float8 AS bytes,
           (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
           current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
             - coalesce(current_setting('reserved_connections', true)::int, 0) AS most,
           pg_postmaster_start_time() AS "startedAt"`;
  if (!facts) throw new Error("no facts");
  const { version, bytes, used, most } = facts;
  const left = Math.max(0, most - used);
  const words = `PostgreSQL ${version} answers in ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms; ${left} of ${most} connections left`;
  const state = ms > slowMs || left < fewLeft * most ? "degraded" : "ok";
  const figures = { latencyMs: Math.round(ms * 10) / 10, version, bytes, connectionsLeft: left, connectionsMost: most };
  return { state, words: `${words}.`, figures };
}

type Applied = { name: string; finishedAt: Date | null; startedAt: Date; rolledBackAt: Date | null };

async function migrations({ db }: Asked): Promise<Found> {
  const rows = await db.$queryRaw<Applied[]>`
    SELECT migration_name AS name, finished_at AS "finishedAt", started_at AS "startedAt", rolled_back_at AS "rolledBackAt"
      FROM _prisma_migrations`;
  const names = migrationNames();
  const applied = rows.filter(({ finishedAt }) => finishedAt !== null).map(({ name }) => name);
  const failed = rows.find((row) => row.finishedAt === null && row.rolledBackAt === null);
  const pending = names.filter((name) => !applied.includes(name));
  const newer = applied.filter((name) => !names.includes(name));
  const figures = { applied: applied.length, pending: pending.length, newer: newer.length };
  if (failed)
    return { state: "down", words: `${failed.name} was cut off in the middle.`, since: failed.startedAt, figures };
  if (pending.length > 0)
    return { state: "degraded", words: `Not applied: ${pending.join(", ")}. Run npm run db:migrate.`, figures };
  if (newer.length > 0)
    return { state: "degraded", words: `The database is ahead of this version by ${newer.join(", ")}.`, figures };
  return { state: "ok", words: `${many(applied.length, "migration")}, all applied.`, figures };
}

async function clocks({ db, now }: Asked): Promise<Found> {
  const before = now().getTime();
  const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  const after = now().getTime();
  const offset = (row?.at.getTime() ?? 0) - (before + after) / 2;
  const apart = Math.max(0, Math.abs(offset) - (after - before) / 2);
  const state = apart >= clockMs.down ? "down" : apart >= clockMs.degraded ? "degraded" : "ok";
  const ahead =
    offset > 0 ? "PostgreSQL's clock is ahead of this host's" : "This host's clock is ahead of PostgreSQL's";
  const words =
    state === "ok"
      ? "This host and PostgreSQL agree about the time."
      : `${ahead} by ${(apart / 1000).toFixed(1)} s. Let both follow a time server (NTP): codes and leases go by it.`;
  return { state, words, figures: { offsetMs: Math.round(offset), exactToMs: Math.ceil((after - before) / 2) } };
}
