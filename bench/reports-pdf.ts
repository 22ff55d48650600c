import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { systemContext } from "@/lib/gate/context";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { controlDb } from "@/lib/platform/prisma";
import { fleetReport } from "@/lib/reports/documents/fleet-report";
import { tenantReport } from "@/lib/reports/documents/tenant-report";
import type { AnyKind } from "@/lib/reports/kind";
import { generate } from "./analytics-data";
import { machine, option, round } from "./measuring";
import { ownPostgres } from "./own-postgres";

// Reports as PDF, from the database to the bytes: how long they take, how much memory, and for how long at once the
// process does nothing else meanwhile.

const days = 65;
/** Seconds that a fleet report of so many tenants may take. */
const aims = { 12: 3, 500: 15 };

const only = option("of", 0);
if (only > 0) await ofFleet(only);
else {
  console.log(`pdf: fleets of ${Object.keys(aims).join(" and ")} tenants, ${days} days; ${machine()}`);
  const told = Object.fromEntries(Object.keys(aims).map((tenants) => [tenants, inProcess(tenants)]));
  const met = Object.fromEntries(
    Object.entries(aims).map(([tenants, seconds]) => [tenants, (told[tenants]?.fleet.seconds ?? seconds) < seconds]),
  );
  console.log(JSON.stringify({ bench: "reports-pdf", days, told, met }));
}

type Told = Record<"fleet" | "tenant", Awaited<ReturnType<typeof measured>>>;

/** Each fleet in a process and a PostgreSQL of its own, so that memory is told of one alone. */
function inProcess(tenants: string): Told {
  const args = ["--import", "tsx", import.meta.filename, `--of=${tenants}`];
  const { status, stdout } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The fleet of ${tenants} tenants ended with ${status}.`);
  const told: Told = JSON.parse(stdout.split("\n").find((line) => line.startsWith('{"fleet"')) ?? "");
  for (const [name, one] of Object.entries(told))
    console.log(
      `${`${name} report of ${tenants}`.padEnd(24)}${one.seconds} s (again: ${one.againSeconds} s; ${one.cpuSeconds} s of CPU without PostgreSQL's) · ${one.kib} KiB · memory ${one.peakMiB} MiB, ${one.moreMiB} MiB more than before · event loop held at most ${one.heldMs} ms`,
    );
  return told;
}

async function ofFleet(tenants: number): Promise<void> {
  const own = await ownPostgres();
  try {
    const now = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    await generate(own, { tenants, rawHours: 0.2, minuteHours: 25, days, activities: 5000 }, now);
    await own.sql("VACUUM ANALYZE");
    const { rows } = await own.sql("SELECT id FROM bench_tenants ORDER BY id LIMIT 1");
    const fleet = await measured(fleetReport, { range: "30d" }, now);
    const tenant = await measured(tenantReport, { range: "30d", id: rows[0]?.id }, now);
    console.log(JSON.stringify({ fleet, tenant } satisfies Told));
  } finally {
    await controlDb().$disconnect();
    await own.stop();
  }
}

async function measured(kind: AnyKind, input: Record<string, unknown>, now: Date) {
  forgetAnswers();
  const before = process.memoryUsage().rss;
  let peak = before;
  const held = monitorEventLoopDelay({ resolution: 5 });
  const done = new AbortController();
  const watching = (async () => {
    while (!done.signal.aborted) {
      peak = Math.max(peak, process.memoryUsage().rss);
      await delay(10);
    }
  })();
  held.enable();
  const first = await makeOnce(kind, input, now);
  held.disable();
  done.abort();
  await watching;
  forgetAnswers();
  const again = await makeOnce(kind, input, now);
  return {
    seconds: first.seconds,
    againSeconds: again.seconds,
    cpuSeconds: first.cpuSeconds,
    kib: round(first.bytes / 1024, 0),
    peakMiB: round(peak / 2 ** 20, 0),
    moreMiB: round((peak - before) / 2 ** 20, 0),
    heldMs: round(held.max / 1e6, 0),
  };
}

async function makeOnce(kind: AnyKind, input: Record<string, unknown>, now: Date) {
  const began = performance.now();
  const usedBefore = process.cpuUsage();
  const ctx = systemContext("bench", controlDb(), () => now, randomUUID(), new AbortController().signal);
  let bytes = 0;
  for await (const piece of kind.make(ctx, kind.input.parse(input) as never, () => undefined)) bytes += piece.length;
  const { user, system } = process.cpuUsage(usedBefore);
  return { seconds: round((performance.now() - began) / 1000, 2), cpuSeconds: round((user + system) / 1e6, 2), bytes };
}
