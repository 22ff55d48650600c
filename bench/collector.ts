import { fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { systemClock } from "@/lib/kernel/clock";
import { ServerMeasurement } from "@/lib/metrics/measure-server";
import { inWords, machine, option, processMilliseconds, round, spread } from "./measuring";
import { makeTenants, type OwnPostgres, ownPostgres } from "./own-postgres";

const count = option("tenants", 500);
const rounds = option("rounds", 40);
const busy = Math.round(count / 10);
const beat = 2000;

console.log(`collector: ${count} real tenant databases, ${busy} of them busy; ${machine()}`);
const own = await ownPostgres();
const tenants = await makeTenants(own, count);
const load = fork(join(import.meta.dirname, "light-load.ts"), [own.url("{database}"), String(busy), "5"], {
  execArgv: ["--import", "tsx"],
});
try {
  await delay(3000);
  const reference = { select: await selectOne(own), naive: await naive(own) };
  const measured = await measure(own);
  print(measured, reference);
} finally {
  load.kill();
  await own.stop();
}

type Used = { walls: number[]; writes: number[]; collector: number; server: number; control: number; rows: number };

/** Rounds on their beat, with what they cost here (this process) and in their two PostgreSQL backends. */
async function measure({ access, serverId, url, sql }: OwnPostgres): Promise<Used> {
  const control = new pg.Pool({ connectionString: url("control"), max: 1, application_name: "bench-control" });
  const measurement = await ServerMeasurement.open(serverId, access, control, systemClock);
  const one = async () => {
    const started = performance.now();
    const tick = await measurement.measure();
    const wall = performance.now() - started;
    await measurement.write(tick);
    return { wall, write: performance.now() - started - wall, rows: tick.changes.logs.length };
  };
  const settle = Math.ceil(count / 60);
  for (let warm = 0; warm < settle; warm++) await one().then(() => delay(500));
  const backends = await sql(`SELECT pid, application_name AS name FROM pg_stat_activity
     WHERE application_name = 'bench-control' OR (application_name = 'tenantry' AND datname = 'postgres')`);
  const pid = (name: string): number => backends.rows.find((row) => row.name === name).pid;
  const before = costs(pid("tenantry"), pid("bench-control"));
  const taken: { wall: number; write: number; rows: number }[] = [];
  for (let number = 0; number < rounds; number++) {
    const started = performance.now();
    taken.push(await one());
    await delay(Math.max(0, beat - (performance.now() - started)));
  }
  const after = costs(pid("tenantry"), pid("bench-control"));
  await measurement.close();
  await control.end();
  return {
    walls: taken.map(({ wall }) => wall),
    writes: taken.map(({ write }) => write),
    rows: taken.reduce((sum, { rows }) => sum + rows, 0) / rounds,
    collector: (after.collector - before.collector) / rounds,
    server: (after.server - before.server) / rounds,
    control: (after.control - before.control) / rounds,
  };
}

function costs(server: number, control: number): { collector: number; server: number; control: number } {
  const { user, system } = process.cpuUsage();
  return {
    collector: (user + system) / 1000,
    server: processMilliseconds(server),
    control: processMilliseconds(control),
  };
}

/** The least a question can take here: a round trip that asks for nothing. */
async function selectOne({ url }: OwnPostgres): Promise<number[]> {
  const client = new pg.Client({ connectionString: url("postgres") });
  await client.connect();
  const times: number[] = [];
  for (let number = 0; number < 200; number++) {
    const started = performance.now();
    await client.query("SELECT 1");
    times.push(performance.now() - started);
  }
  await client.end();
  return times;
}

/** What is usually done: connect to every tenant's database and ask there. A hundred are measured, and it is scaled. */
async function naive({ url }: OwnPostgres): Promise<{ wall: number; cpu: number }> {
  const started = performance.now();
  const before = process.cpuUsage();
  const measured = tenants.slice(0, 100);
  for (const { database } of measured) {
    const client = new pg.Client({ connectionString: url(database) });
    await client.connect();
    await client.query(`SELECT pg_database_size(current_database()), xact_commit, blks_hit,
      (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database())
      FROM pg_stat_database WHERE datname = current_database()`);
    await client.end();
  }
  const { user, system } = process.cpuUsage(before);
  const scale = tenants.length / measured.length;
  return { wall: (performance.now() - started) * scale, cpu: ((user + system) / 1000) * scale };
}

function print(used: Used, reference: { select: number[]; naive: { wall: number; cpu: number } }): void {
  const wall = spread(used.walls);
  const cpu = used.collector + used.server + used.control;
  const share = (cpu / beat) * 100;
  const select = round(spread(reference.select).p50, 2);
  console.log(`a round, ${rounds} times   ${inWords(wall)}`);
  console.log(`storing it            ${inWords(spread(used.writes))}, ${round(used.rows)} values a round`);
  console.log(
    `CPU a round           ${round(used.collector)} ms here, ${round(used.server)} ms in its server backend,`,
  );
  console.log(`                      ${round(used.control)} ms in its control backend: ${round(share, 2)} % of a core`);
  console.log(`reference             SELECT 1: ${select} ms (a round is ${round(wall.p50 / select, 0)} of them)`);
  console.log(
    `                      a connection to each database: ${round(reference.naive.wall)} ms,` +
      ` ${round(reference.naive.cpu)} ms of CPU here alone: ${round(reference.naive.wall / wall.p50)} times a round`,
  );
  const aims = { tickUnder300Ms: wall.p99 < 300, under5PercentOfACore: share < 5 };
  console.log(
    `aims                  a round under 300 ms: ${aims.tickUnder300Ms}; under 5 %: ${aims.under5PercentOfACore}`,
  );
  const costs = { collectorMs: round(used.collector), serverMs: round(used.server), controlMs: round(used.control) };
  const naiveMs = round(reference.naive.wall);
  const figures = {
    tenants: count,
    busy,
    rounds,
    wall,
    write: spread(used.writes),
    ...costs,
    corePercent: round(share, 2),
  };
  console.log(JSON.stringify({ bench: "collector", ...figures, select1Ms: select, naiveMs, aims }));
}
