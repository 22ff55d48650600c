import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { staleSeconds } from "@/lib/kernel/metrics";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import { inspect } from "@/lib/servers/add-server";
import { type Check, ok, unchecked, type Verdict, warning, wrong } from "./check";
import { drift } from "./clocks";

/** What works on the fleet: the worker, its collector and queue, the servers, and whether all agree on the time. */
export function fleetChecks(clock: Clock): Check[] {
  const needs = ["migrations"];
  const withKeys = ["migrations", "keys"];
  return [
    { id: "worker", about: "A worker at work", needs, look: worker },
    {
      id: "collector",
      about: "The collector's last round",
      needs,
      look: async () => collector(await newestTick(), clock()),
    },
    { id: "queue", about: "The job queue", needs, look: async () => queue(await waiting()) },
    {
      id: "clock",
      about: "This host's clock",
      needs,
      look: async () => drift("The control database", await controlTime(), clock()),
    },
    { id: "servers", about: "The servers, and the rights on them", needs: withKeys, look: () => servers(clock) },
  ];
}

/** A worker's collector holds a session of its own, by this name, for as long as it lives. */
async function worker(): Promise<Verdict> {
  const [row] = await controlDb().$queryRaw<{ alive: number; known: number }[]>`
    SELECT count(*) FILTER (WHERE application_name = 'tenantry-collector')::int AS alive,
           count(application_name)::int AS known
      FROM pg_stat_activity WHERE datname = current_database()`;
  if (!row || row.known === 0) return unchecked("This role may not see other sessions of the control database.");
  if (row.alive > 0) return ok("Its collector is connected.");
  return wrong(
    "None is connected to the control database: nothing is measured, and no job is done.",
    "Start Tenantry (npm start), or a worker: node --import tsx lib/worker/main.ts",
  );
}

async function newestTick(): Promise<{ servers: number; at: Date | null }> {
  const { _count, _max } = await controlDb().server.aggregate({
    where: { removedAt: null },
    _count: true,
    _max: { lastTickAt: true },
  });
  return { servers: _count, at: _max.lastTickAt };
}

/** What the age of the newest round says. */
export function collector({ servers, at }: { servers: number; at: Date | null }, now: Date): Verdict {
  if (servers === 0) return unchecked("There is no server to measure yet.");
  const todo = "Look at the worker, and at what it says of the servers.";
  if (at === null) return warning("It has not measured anything yet.", todo);
  const seconds = Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000));
  return seconds <= staleSeconds ? ok(`${seconds} s ago.`) : wrong(`${seconds} s ago, at ${at.toISOString()}.`, todo);
}

/** Jobs that are due and nobody took, since how many seconds, and those that were tried for the last time. */
type Waiting = { waiting: number; seconds: number; given: number };

async function waiting(): Promise<Waiting> {
  const [row] = await controlDb().$queryRaw<Waiting[]>`
    SELECT count(*) FILTER (WHERE attempts < max_attempts)::int AS waiting,
           count(*) FILTER (WHERE attempts >= max_attempts)::int AS given,
           coalesce(extract(epoch FROM now() - min(run_at) FILTER (WHERE attempts < max_attempts)), 0)::float8 AS seconds
      FROM graphile_worker.jobs WHERE run_at <= now() AND locked_at IS NULL`;
  return row ?? { waiting: 0, seconds: 0, given: 0 };
}

/** What jobs that are due and that nobody has taken say. */
export function queue({ waiting, seconds, given }: Waiting): Verdict {
  const lost = given > 0 ? ` ${given} were given up after their last try.` : "";
  if (waiting > 0 && seconds > 60) {
    return warning(
      `${waiting} wait, the oldest for ${Math.round(seconds)} s.${lost}`,
      "Look whether a worker is alive, and whether it has more to do than it can.",
    );
  }
  if (given > 0) return warning(lost.trim(), "Look at failed tenants and bulk runs: tenantry fleet diagnose");
  return ok(waiting === 0 ? "Nothing waits." : `${waiting} wait, none for long.`);
}

async function controlTime(): Promise<Date> {
  const [row] = await controlDb().$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  if (!row) throw new AppError("unavailable", "The control database did not tell the time.");
  return row.at;
}

async function servers(clock: Clock): Promise<Verdict> {
  const rows = await controlDb().server.findMany({ where: { removedAt: null }, orderBy: { name: "asc" } });
  if (rows.length === 0) return warning("There is none yet.", "Add one: tenantry servers add");
  const looked = await Promise.all(rows.map(async (row) => ({ name: row.name, found: await server(row, clock) })));
  const bad = looked.filter(({ found }) => found.state !== "ok");
  if (bad.length === 0) return ok(looked.map(({ name, found }) => `${name}: ${found.words}`).join("; "));
  const words = bad.map(({ name, found }) => `${name}: ${found.words}`).join("; ");
  const [first] = bad;
  const state = bad.some(({ found }) => found.state === "wrong") ? wrong : warning;
  return state(words, first?.found.todo ?? "Look at that server.");
}

async function server(row: Parameters<typeof serverAccess>[0], clock: Clock): Promise<Verdict> {
  try {
    const access = await serverAccess(row);
    const { version } = await inspect(access);
    const [time] = await withAdmin(access, async (admin) => (await admin.query("SELECT clock_timestamp() AS at")).rows);
    const agrees = drift("The server", time.at, clock());
    return agrees.state === "ok" ? ok(`PostgreSQL ${version}, with the rights that are needed`) : agrees;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return wrong(words, "Look whether it runs, and at the administrator's rights: CREATEDB and CREATEROLE.");
  }
}
