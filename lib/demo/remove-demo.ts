import { operation } from "@/lib/gate/operation";
import type { Db } from "@/lib/platform/prisma";
import { queueSaga } from "@/lib/tenants/saga";
import { removeDemoContract } from "./contract";
import { begin, lockDemo } from "./fleet-row";
import type { RemoveStep } from "./rules";
import { demoViewOf } from "./view";

const first: RemoveStep = "runs";

/** Asked for once more while it goes on, it tries again what a step gave up. */
export const removeDemo = operation(removeDemoContract, async (ctx) => {
  const state = await lockDemo(ctx.db);
  if (state === "loading" || state === "loaded") await begin(ctx, state, "removing", first);
  if (state === "removing") await tryAgain(ctx.db);
  return await demoViewOf(ctx.db);
});

async function tryAgain(db: Db): Promise<void> {
  const failed = { status: "failed" as const, tenant: { demo: { isNot: null }, deletedAt: null } };
  const steps = await db.tenantStep.findMany({ where: failed, select: { tenantId: true }, distinct: "tenantId" });
  await db.tenantStep.updateMany({ where: failed, data: { status: "pending" } });
  for (const { tenantId } of steps) await queueSaga(db, tenantId);
}
