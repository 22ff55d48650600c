import { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";
import type { Action } from "./action";
import { actions } from "./actions";
import { strictInput } from "./plan-contracts";
import { runView, uuid } from "./shapes";

const tenant = { id: uuid.describe("the tenant's id") };

/** The contract by which an action is run on one tenant: a bulk run of one, planned and confirmed at once. */
export function tenantContract(action: Action) {
  const input = strictInput(action);
  return {
    id: `tenants.run.${action.name}`,
    method: "POST",
    path: `/api/tenancy/tenants/{id}/actions/${action.name}`,
    summary: `For one tenant, at once: ${action.summary.charAt(0).toLowerCase()}${action.summary.slice(1)}`,
    access: action.permission,
    scoped: true,
    stepUp: "people",
    status: 202,
    input: input instanceof z.ZodObject ? input.safeExtend(tenant) : z.strictObject(tenant),
    output: runView,
  } as const satisfies Contract;
}

/** The contracts of all actions on one tenant. */
export const tenantContracts: readonly Contract[] = actions.map(tenantContract);
