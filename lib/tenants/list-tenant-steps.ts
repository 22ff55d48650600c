import { operation } from "@/lib/gate/operation";
import type { Db } from "@/lib/platform/prisma";
import { listTenantStepsContract } from "./contract-life";
import { seeTenant } from "./find";
import { stepsOf } from "./saga";
import type { StepView } from "./shapes";
import type { SagaName } from "./steps";

export const listTenantSteps = operation(listTenantStepsContract, async (ctx, { id }) => {
  const { adopted } = await seeTenant(ctx, id);
  return { steps: await stepViews(ctx.db, id, adopted) };
});

/** A tenant's steps as the API shows them, each saga in order. */
export async function stepViews(db: Db, tenantId: string, adopted: boolean): Promise<StepView[]> {
  const rows = await db.tenantStep.findMany({ where: { tenantId }, orderBy: [{ saga: "asc" }, { position: "asc" }] });
  return rows.map((row) => {
    const saga = row.saga as SagaName;
    const label = stepsOf(saga, adopted).find((step) => step.name === row.name)?.label ?? row.name;
    const { position, name, status, attempts, error } = row;
    const startedAt = row.startedAt?.toISOString() ?? null;
    return {
      saga,
      position,
      name,
      label,
      status,
      attempts,
      error,
      startedAt,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    };
  });
}
