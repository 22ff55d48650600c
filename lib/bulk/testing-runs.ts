import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { everything, type Scope } from "@/lib/kernel/scope";
import { controlDb, Prisma } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { type Action, type ItemWork, type Outcome, serverAction, usual } from "./action";
import type { SettledOptions } from "./shapes";
import { workRun } from "./work-run";

type Made = {
  action?: string;
  input?: Prisma.InputJsonObject;
  options?: Partial<SettledOptions>;
  /** So many of the tenants, from the first on, are the canary. */
  canary?: number;
  saved?: Prisma.InputJsonValue[];
  undoOf?: string;
  confirmedAt?: Date;
  scope?: Scope;
};

/** For tests: a run that was confirmed just now, over these tenants in this order. */
export async function makeRun(tenants: Pick<TestTenant, "id" | "slug">[], made: Made = {}): Promise<string> {
  const db = controlDb();
  const now = new Date();
  const id = newId(now);
  const { canary = 0, options } = made;
  const rows = await db.tenant.findMany({ where: { id: { in: tenants.map((one) => one.id) } } });
  const run = db.bulkRun.create({
    data: {
      ...{ id, action: made.action ?? "test", input: made.input ?? {}, digest: "", radius: [] },
      selection: made.undoOf ? { undoOf: made.undoOf } : { tenants: tenants.map((one) => one.id), except: [] },
      options: { ...usual, concurrency: 4, failureBudget: { count: 0 }, ...options },
      ...{ status: "running", wave: canary > 0 ? 0 : 1, undoOf: made.undoOf ?? null },
      ...{ plannedBy: "ada@example.com", confirmedBy: "ada@example.com", startedAt: now },
      confirmedAt: made.confirmedAt ?? now,
      scope: made.scope ?? everything,
    },
  });
  const items = db.bulkItem.createMany({
    data: tenants.map(({ id: tenantId, slug }, position) => ({
      ...{ runId: id, position, tenantId, slug, name: slug, tenantVersion: 1, wave: position < canary ? 0 : 1 },
      serverId: rows.find((row) => row.id === tenantId)?.serverId ?? "",
      ...(made.saved && { saved: made.saved[position] ?? Prisma.DbNull }),
    })),
  });
  // Together, as a plan is: a worker that sees a run without items takes it for finished.
  await db.$transaction([run, items]);
  return id;
}

/** For tests: tenants of the registry alone, whose databases no test opens. */
export async function registryTenants(serverId: string, count: number, prefix: string) {
  const tenants = Array.from({ length: count }, (_, number) => {
    const slug = `${prefix}-${number}`;
    return { id: newId(new Date()), slug, name: slug, plan: "starter", region: "local", serverId, secret: "" };
  });
  await controlDb().tenant.createMany({
    data: tenants.map((tenant) => ({ ...tenant, status: "active", database: tenant.slug, role: tenant.slug })),
  });
  return tenants;
}

/** For tests: a server action "test" that does this. */
export function doing(run: (work: ItemWork) => Promise<Partial<Outcome>>, undo?: (work: ItemWork) => Promise<Outcome>) {
  const action = serverAction({
    ...{ name: "test", title: "Test", summary: "Test.", group: "maintenance", danger: "none" },
    ...{ permission: "tenants:update", input: z.object({}), words: () => "Test", preview: () => ({}) },
    ...{ defaults: usual, activity: "vacuumed" },
    run: async (work) => ({ status: "done", words: "It was done.", ...(await run(work)) }),
    ...(undo && { undo: { words: () => "Undo the test", run: undo } }),
  });
  return (name: string): Action | undefined => (name === "test" ? action : undefined);
}

export const quickly = { clock: systemClock, backoffMs: () => 20 };

/** For tests: works on a run as the queue would, again and again, until it comes to rest in another status. */
export async function workUntilRest(
  runId: string,
  find: (name: string) => Action | undefined,
  signal = new AbortController().signal,
): Promise<string> {
  const until = Date.now() + 20_000;
  for (;;) {
    await workRun(runId, signal, { ...quickly, find });
    const { status } = await controlDb().bulkRun.findUniqueOrThrow({ where: { id: runId } });
    if (status !== "running" && status !== "cancelling") return status;
    if (Date.now() > until) throw new Error(`The run is still ${status}.`);
    await delay(20);
  }
}

/** For tests: a run's items in order, and how many have each status. */
export async function itemsOf(runId: string) {
  const items = await controlDb().bulkItem.findMany({ where: { runId }, orderBy: { position: "asc" } });
  const counts: Record<string, number> = {};
  for (const { status } of items) counts[status] = (counts[status] ?? 0) + 1;
  return { items, counts };
}
