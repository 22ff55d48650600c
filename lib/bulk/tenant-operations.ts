import { refuse } from "@/lib/gate/access";
import { scopeOf } from "@/lib/gate/context";
import { type AnyOperation, operation } from "@/lib/gate/operation";
import { findTenant } from "@/lib/tenants/find";
import type { Action } from "./action";
import { actions } from "./actions";
import { checkPersons, checkPlan, keepConfirmation } from "./confirm";
import { confirmRunContract } from "./contract-verbs";
import { planRun } from "./plan";
import { tenantContract } from "./tenant-contracts";
import { runViewOf } from "./view";

/** Runs an action on one tenant. Where two have to confirm, the run waits for the second and nothing has begun. */
function tenantOperation(action: Action): AnyOperation {
  return operation(tenantContract(action), async (ctx, asked) => {
    const { id, ...input } = asked as { id: string };
    const tenant = await findTenant(ctx, id);
    const refusal = refuse(confirmRunContract, ctx.actor);
    if (refusal) throw refusal;
    const runId = await planRun(ctx, {
      ...{ action, input, note: "", scope: scopeOf(ctx.actor) },
      options: { ...action.defaults, canary: null },
      selection: { tenants: [tenant.id], except: [] },
    });
    const run = await ctx.db.bulkRun.findUniqueOrThrow({ where: { id: runId } });
    await checkPersons(ctx, run, action);
    await checkPlan(ctx, run);
    const status = await keepConfirmation(ctx, run);
    Object.assign(ctx.note, { target: tenant.id, after: { run: runId, status, digest: run.digest } });
    ctx.reply.headers = { ...ctx.reply.headers, location: `/api/tenancy/bulk-runs/${runId}` };
    return await runViewOf(ctx.db, runId);
  });
}

/** Every action on one tenant. */
export const tenantOperations: readonly AnyOperation[] = actions.map(tenantOperation);

/** The operation on one tenant whose path ends with an action's name. */
export function findTenantOperation(action: string): AnyOperation | undefined {
  return tenantOperations.find(({ contract }) => contract.path.endsWith(`/actions/${action}`));
}
