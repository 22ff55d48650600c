import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { queueRun } from "@/lib/bulk/queue";
import { makeRun } from "@/lib/bulk/testing-runs";
import { sha256 } from "@/lib/platform/crypto";
import { roleConfig, type ServerAccess } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { inWords, machine, option, processMilliseconds, round, type Spread, spread } from "./measuring";
import { makeTenants, ownPostgres, withRoles } from "./own-postgres";

const count = option("tenants", 500);
const rounds = option("rounds", 3);
const concurrency = option("concurrency", 8);
const kills = option("kills", 10);

type Tenant = { id: string; slug: string; access: ServerAccess };
/** `cpu` is what the process that drives it used, in milliseconds an item. */
type Round = { perSecond: number; items: Spread; cpu: number };

console.log(`bulk: one migration over ${count} real tenant databases, ${concurrency} at a time; ${machine()}`);
const own = await ownPostgres();
const folder = mkdtempSync(join(tmpdir(), "tenantry-bench-migrations-"));
const tenants: Tenant[] = (await withRoles(own, await makeTenants(own, count))).map(
  ({ id, slug, database, password }) => {
    const access = { ...own.access, adminUser: database, adminPassword: password, adminDatabase: database };
    return { id, slug, access };
  },
);
let worker: ChildProcess | undefined;
try {
  worker = await startWorker(15);
  await bulkRound(write("00_first"));
  const bare: Round[] = [];
  const bulk: Round[] = [];
  for (let number = 1; number <= rounds; number++) {
    bare.push(await bareRound(write(`${10 + number}_a_bare`)));
    bulk.push(await bulkRound(write(`${10 + number}_b_bulk`)));
  }
  print(bare, bulk, await killRound(write("90_killed")));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  if (worker) await stop(worker, "SIGTERM");
  await controlDb().$disconnect();
  await own.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Settings of a client that signs in as a tenant's own role. */
function asRole(access: ServerAccess): pg.ClientConfig {
  const { adminUser: user, adminPassword: password, adminDatabase: database } = access;
  return roleConfig(access, { user, password, database });
}

/** A further migration in the folder: a table, which can't be made twice, with one row, an index, and a view. */
function write(label: string): { name: string; sql: string } {
  const name = `20260101000000_${label}`;
  const table = `t_${label}`;
  const sql = `CREATE TABLE "${table}" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text NOT NULL, at timestamptz);
CREATE INDEX ON "${table}" (at);
INSERT INTO "${table}" (note) VALUES ('once');
CREATE VIEW "v_${label}" AS SELECT note FROM "${table}";
`;
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "migration.sql"), sql);
  return { name, sql };
}

async function startWorker(leaseSeconds: number): Promise<ChildProcess> {
  const env = { ...process.env, TENANT_MIGRATIONS: folder, BULK_LEASE_SECONDS: String(leaseSeconds) };
  const child = spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], {
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, "exit");
  if (child.exitCode !== null || !child.kill(signal)) return;
  await exit;
}

/** What anybody would write: the same statements, with as many connections at a time, and nothing else. */
async function bareRound({ name, sql }: { name: string; sql: string }): Promise<Round> {
  const left = [...tenants];
  const times: number[] = [];
  const before = process.cpuUsage();
  const started = performance.now();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (let tenant = left.shift(); tenant; tenant = left.shift()) {
        const begun = performance.now();
        const client = new pg.Client({ ...asRole(tenant.access), connectionTimeoutMillis: 60_000 });
        await client.connect();
        await client.query("BEGIN");
        await client.query(sql);
        await client.query(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
           VALUES (gen_random_uuid(), $1, $2, now(), clock_timestamp(), 1)`,
          [sha256(sql), name],
        );
        await client.query("COMMIT");
        await client.end();
        times.push(performance.now() - begun);
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  const perSecond = (count / (performance.now() - started)) * 1000;
  return { perSecond, items: spread(times), cpu: (user + system) / 1000 / count };
}

async function begin(): Promise<string> {
  const run = await makeRun(tenants, { action: "migrate", options: { concurrency, attempts: 3 } });
  await queueRun(controlDb(), run);
  return run;
}

/** The same through the worker, from the moment the run is queued to the moment it is finished. */
async function bulkRound(_: { name: string }): Promise<Round> {
  const before = processMilliseconds(worker?.pid ?? 0);
  const started = Date.now();
  const run = await begin();
  const finishedAt = await finished(run);
  const cpu = (processMilliseconds(worker?.pid ?? 0) - before) / count;
  const { rows } = await own.sql(
    "SELECT extract(epoch FROM finished_at - started_at)::float * 1000 AS ms FROM bulk_items WHERE run_id = $1",
    [run],
  );
  return { perSecond: (count / (finishedAt - started)) * 1000, items: spread(rows.map(({ ms }) => ms)), cpu };
}

async function finished(run: string): Promise<number> {
  for (;;) {
    const { rows } = await own.sql("SELECT status, reason, finished_at FROM bulk_runs WHERE id = $1", [run]);
    if (rows[0].status !== "running") {
      const other = await own.sql(
        "SELECT status, words FROM bulk_items WHERE run_id = $1 AND status <> 'done' LIMIT 3",
        [run],
      );
      if (rows[0].status === "finished" && other.rowCount === 0) return rows[0].finished_at.getTime();
      throw new Error(`The run is ${rows[0].status}: ${rows[0].reason} ${JSON.stringify(other.rows)}`);
    }
    await delay(100);
  }
}

type Killed = { kills: number; lost: number; seconds: number };

/** The worker is killed at random moments of its work and started again; throws unless each was migrated just once. */
async function killRound(migration: { name: string }): Promise<Killed> {
  if (worker) await stop(worker, "SIGTERM");
  const started = performance.now();
  const run = await begin();
  let done = 0;
  for (; done < kills; done++) {
    const since = new Date();
    worker = await startWorker(2);
    const working = await begun(run, since);
    await delay(Math.random() * Math.min(400, count));
    await stop(worker, "SIGKILL");
    if (!working) break;
  }
  worker = await startWorker(2);
  await finished(run);
  return { kills: done, lost: await checkOnce(run, migration.name), seconds: (performance.now() - started) / 1000 };
}

/** Whether the worker of this life has begun an item. */
async function begun(run: string, since: Date): Promise<boolean> {
  for (let waited = 0; waited < 1000; waited++) {
    const { rows } = await own.sql(
      `SELECT (SELECT status FROM bulk_runs WHERE id = $1) AS status,
              EXISTS (SELECT 1 FROM bulk_items WHERE run_id = $1 AND started_at > $2) AS begun`,
      [run, since],
    );
    if (rows[0].begun) return true;
    if (rows[0].status !== "running") return false;
    await delay(20);
  }
  throw new Error("The worker began nothing within twenty seconds.");
}

async function checkOnce(run: string, name: string): Promise<number> {
  const { rows } = await own.sql(
    `SELECT count(*) FILTER (WHERE status = 'done' AND attempts = 1)::int AS done, count(*)::int AS items,
            count(DISTINCT tenant_id)::int AS tenants, sum(lost)::int AS lost FROM bulk_items WHERE run_id = $1`,
    [run],
  );
  const [{ done, items, tenants: distinct, lost }] = rows;
  if (done !== count || items !== count || distinct !== count) throw new Error(JSON.stringify(rows[0]));
  for (const { access } of tenants) {
    const client = new pg.Client(asRole(access));
    await client.connect();
    const found = await client.query(
      `SELECT (SELECT count(*)::int FROM "t_90_killed") AS rows,
              (SELECT count(*)::int FROM _prisma_migrations WHERE migration_name = $1 AND finished_at IS NOT NULL) AS records`,
      [name],
    );
    await client.end();
    const [{ rows: once, records }] = found.rows;
    if (once !== 1 || records !== 1) throw new Error(`${access.adminDatabase}: ${JSON.stringify(found.rows[0])}`);
  }
  return lost;
}

function print(bare: Round[], bulk: Round[], killed: Killed): void {
  const middle = (of: Round[]) => spread(of.map(({ perSecond }) => perSecond)).p50;
  const ratio = round(middle(bulk) / middle(bare), 2);
  const rates = (of: Round[]) => of.map(({ perSecond }) => round(perSecond)).join(", ");
  const cpuOf = (of: Round[]) => round(spread(of.map(({ cpu }) => cpu)).p50);
  const typical = (of: Round[]) => of.toSorted((one, other) => one.items.p50 - other.items.p50)[of.length >> 1]?.items;
  const [bareItems, bulkItems] = [typical(bare), typical(bulk)];
  if (!bareItems || !bulkItems) throw new Error("There were no rounds.");
  console.log(
    `bare loop             ${rates(bare)} items/s; an item ${inWords(bareItems)}; ${cpuOf(bare)} ms of CPU each`,
  );
  console.log(`bulk run              ${rates(bulk)} items/s; an item ${inWords(bulkItems)}; ${cpuOf(bulk)} ms`);
  console.log(`ratio                 ${ratio}`);
  console.log(
    `killed ${killed.kills} times       ${round(killed.seconds)} s; ${killed.lost} items were begun again; each of ${count} was migrated once`,
  );
  const aims = { ratio80: ratio >= 0.8, killedTenTimes: killed.kills >= 10 };
  console.log(`aims                  at least 0.8 of the bare loop: ${aims.ratio80}; exactly once: true`);
  const perSecond = { bare: middle(bare), bulk: middle(bulk) };
  console.log(
    JSON.stringify({
      bench: "bulk",
      tenants: count,
      concurrency,
      rounds,
      perSecond,
      ratio,
      bareItems,
      bulkItems,
      cpuMs: { bare: cpuOf(bare), bulk: cpuOf(bulk) },
      killed,
      aims,
    }),
  );
}
