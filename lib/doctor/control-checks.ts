import pg from "pg";
import { env } from "@/lib/platform/env";
import { migrationStatus } from "@/lib/platform/migration-status";
import { openEverySecret } from "@/lib/platform/open-secrets";
import { openRedis } from "@/lib/platform/redis";
import { type Check, ok, type Verdict, warning, wrong } from "./check";

/** The control database: reached, new enough, migrated, and every stored secret opened by this installation's keys. */
export function controlChecks(url: string, embedded: boolean): Check[] {
  const needs = ["control"];
  const ask = <Row extends pg.QueryResultRow>(text: string) => withControl(url, (db) => db.query<Row>(text));
  return [
    { id: "settings", about: "The settings of the environment", look: settings },
    { id: "control", about: "The control database", look: () => reached(url, embedded) },
    {
      id: "version",
      about: "The control database's PostgreSQL",
      needs,
      look: async () => version((await ask(asked)).rows[0]),
    },
    {
      id: "migrations",
      about: "Migrations of the control database",
      needs,
      look: async () => migrated(await migrationStatus(url)),
    },
    {
      ...{ id: "keys", about: "The keys of stored secrets", needs: ["settings", "control", "migrations"] },
      look: () => withControl(url, async (db) => keys(await openEverySecret(db))),
    },
    { id: "redis", about: "Redis, the shared cache", needs: ["settings"], look: redis },
  ];
}

/** A connection of its own: what is looked at here must not depend on the pool that is looked at. */
export async function withControl<T>(url: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const db = new pg.Client({
    connectionString: url,
    ...{ connectionTimeoutMillis: 5000, query_timeout: 15_000, application_name: "tenantry doctor" },
  });
  db.on("error", () => undefined);
  try {
    await db.connect();
    return await work(db);
  } finally {
    await db.end().catch(() => undefined);
  }
}

/** The environment is read as every process of Tenantry reads it: its error names each setting that can't be used. */
function settings(): Verdict {
  const { TENANTRY_URL } = env();
  const { protocol, hostname } = new URL(TENANTRY_URL);
  const near = hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]";
  if (protocol === "https:" || near) return ok(`They can be used; the console's address is ${TENANTRY_URL}.`);
  return warning(
    `The console's address ${TENANTRY_URL} has no TLS.`,
    "Put a proxy with TLS before it, and name its address in TENANTRY_URL.",
  );
}

async function reached(url: string, embedded: boolean): Promise<Verdict> {
  const began = performance.now();
  try {
    await withControl(url, (db) => db.query("SELECT 1"));
    return ok(`It answers, ${Math.round(performance.now() - began)} ms after the first word.`);
  } catch (error) {
    const why = error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
    const todo = embedded
      ? "Start Tenantry (npm start), or name the port of its PostgreSQL (TENANTRY_PG_PORT)."
      : "Look at DATABASE_URL, and whether that server runs and lets this host in.";
    return wrong(`It does not answer: ${why}.`, todo);
  }
}

const asked = `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
  pg_is_in_recovery() AS standby`;

function version(row: { version?: string; number?: number; standby?: boolean } | undefined): Verdict {
  if (row?.standby)
    return wrong("It is a standby, which nothing can be written to.", "Name the primary in DATABASE_URL.");
  if ((row?.number ?? 0) >= 150_000) return ok(`PostgreSQL ${row?.version}`);
  return wrong(`PostgreSQL ${row?.version} is too old.`, "Tenantry needs PostgreSQL 15 or newer.");
}

/** How the database stands to the migrations of this version. */
export function migrated({ applied, pending, failed, unknown }: Awaited<ReturnType<typeof migrationStatus>>): Verdict {
  if (failed.length > 0) {
    return wrong(
      `${failed.join(", ")} began and did not end.`,
      "Look at the database's log; then tenantry db migrate.",
    );
  }
  if (pending.length > 0) return wrong(`Not applied: ${pending.join(", ")}.`, "tenantry db migrate");
  if (unknown.length > 0) {
    return warning(
      `It also has what this version does not know: ${unknown.join(", ")}.`,
      "Run the newer version that made it.",
    );
  }
  return ok(`All ${applied.length} are applied.`);
}

function keys({ opened, shut }: Awaited<ReturnType<typeof openEverySecret>>): Verdict {
  if (shut.length === 0)
    return ok(opened === 0 ? "There is no secret yet." : `They open all ${opened} stored secrets.`);
  const [first] = shut;
  const more = shut.length > 1 ? `, and ${shut.length - 1} more` : "";
  return wrong(
    `${shut.length} of ${opened + shut.length} stored secrets do not open (${first?.where}${more}): ${first?.why}`,
    "Give the key that sealed them (TENANTRY_SECRET_KEY, TENANTRY_OLD_SECRET_KEYS), or put the data folder's secrets back.",
  );
}

async function redis(): Promise<Verdict> {
  const { REDIS_URL } = env();
  if (REDIS_URL === undefined) return ok("None is configured, and none is needed.");
  const client = openRedis(REDIS_URL);
  try {
    for (let waited = 0; waited < 5000; waited += 100) {
      if (client.isReady) return ok(`It answers: ${await client.ping()}.`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return warning(
      "It does not answer. Tenantry goes on without it, more slowly.",
      "Look at REDIS_URL and at the server.",
    );
  } finally {
    client.destroy();
  }
}
