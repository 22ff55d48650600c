import { setTimeout as delay } from "node:timers/promises";
import { confirmRun } from "@/lib/bulk/confirm-run";
import { findPlanOperation } from "@/lib/bulk/plan-operations";
import type { RunView } from "@/lib/bulk/shapes";
import { recordAudit } from "@/lib/gate/audit";
import { type Operation, perform } from "@/lib/gate/operation";
import type { Clock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { demoTenants } from "@/sample/shapes";
import { lockDemo } from "./fleet-row";
import { asDemo } from "./load-tenants";

type DemoRun = { action: string; plans?: string[]; input: object; note: string; confirmed: boolean };

/** What an operator may have done and planned with the demo's tenants; the last is left for a person to confirm. */
const runs: readonly DemoRun[] = [
  { action: "tag", plans: ["business", "enterprise"], input: { add: ["key-account"] }, ...done("Who pays the most") },
  { action: "set-limits", plans: ["free"], input: { connections: 10 }, ...done("Free plans share a server") },
  { action: "vacuum", input: { mode: "analyze" }, ...done("After the first import") },
  {
    ...{ action: "deactivate", plans: ["free"], input: { reason: "Trial is over" } },
    ...{ note: "To be decided on Monday", confirmed: false },
  },
];

function done(note: string) {
  return { note, confirmed: true };
}

type Work = { clock: Clock; signal: AbortSignal };

/** Plans and confirms the demo's bulk runs over its own tenants, one after the other: the worker does them. */
export async function makeDemoRuns(work: Work): Promise<void> {
  for (const [position, run] of runs.entries()) {
    if (work.signal.aborted) return;
    const id = await planned(position, run, work);
    if (id && run.confirmed) await confirmed(id, work);
  }
}

/** Its id, planned now or before; undefined when nobody wants it any more. The run and its mark are there together. */
async function planned(position: number, run: DemoRun, { clock, signal }: Work): Promise<string | undefined> {
  const operation = findPlanOperation(`bulk-${run.action}`) as Operation | undefined;
  if (!operation) throw new Error(`The demo plans a run of ${run.action}, which is no action.`);
  return await controlDb().$transaction(
    async (db) => {
      if ((await lockDemo(db)) !== "loading") return undefined;
      const before = await db.demoRun.findUnique({ where: { position } });
      if (before) return before.runId;
      const ctx = asDemo(db, clock, signal);
      const { input, note, plans } = run;
      const slugs = demoTenants.filter(({ plan }) => !plans || plans.includes(plan)).map(({ slug }) => slug);
      const tenants = await db.demoTenant.findMany({
        where: { slug: { in: slugs }, tenant: { deletedAt: null, status: "active" } },
      });
      if (tenants.length === 0) return undefined;
      const asked = { tenants: tenants.map(({ tenantId }) => tenantId), input, note };
      const { id } = (await operation.run(ctx, operation.contract.input.parse(asked) as never)) as RunView;
      await db.demoRun.create({ data: { position, runId: id } });
      await recordAudit(ctx, { operation: operation.contract.id, outcome: "done", input: asked });
      return id;
    },
    { maxWait: 5000, timeout: 30_000 },
  );
}

async function confirmed(id: string, { clock, signal }: Work): Promise<void> {
  const run = await controlDb().bulkRun.findUnique({ where: { id } });
  if (run?.status === "planned")
    await perform(confirmRun, asDemo(controlDb(), clock, signal), { id, digest: run.digest });
  while (!signal.aborted && (await stillRuns(id))) await delay(250, undefined, { signal }).catch(() => undefined);
}

/** While nobody wants the demo removed, which ends its runs another way. */
async function stillRuns(id: string): Promise<boolean> {
  const db = controlDb();
  const [fleet, run] = await Promise.all([
    db.demoFleet.findUnique({ where: { id: 1 } }),
    db.bulkRun.count({ where: { id, status: "running" } }),
  ]);
  return fleet?.state === "loading" && run > 0;
}
