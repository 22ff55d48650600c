import { z } from "zod";
import type { Contract } from "@/lib/kernel/contract";
import type { Action } from "./action";
import { actions } from "./actions";
import { planShape, runView } from "./shapes";

const one = "Name exactly one of tenants, filter and savedFilter.";

/** Names that nobody meant are refused: a filter with a typo would be a filter less. */
const planBase = z.strictObject(planShape);

/** An action's input, which takes no name that it does not know. */
export function strictInput({ input }: Action): z.ZodType {
  return input instanceof z.ZodObject ? input.strict() : input;
}

/** The contract by which a run of an action is planned: its path, rights and words follow from the action. */
export function planContract(action: Action) {
  const input = strictInput(action);
  return {
    id: `bulk.plan.${action.name}`,
    method: "POST",
    path: `/api/tenancy/actions/bulk-${action.name}`,
    // In the audit trail this is what was done: the plan, not yet the action.
    summary: `Plan: ${action.summary.charAt(0).toLowerCase()}${action.summary.slice(1)}`,
    access: action.permission,
    scoped: true,
    status: 201,
    input: planBase
      .extend({ input: input.safeParse({}).success ? input.prefault({}) : input })
      .refine(({ tenants, filter, savedFilter }) => [tenants, filter, savedFilter].filter(Boolean).length === 1, {
        message: one,
        path: ["tenants"],
      }),
    output: runView,
  } as const satisfies Contract;
}

/** The contracts of all actions. */
export const planContracts: readonly Contract[] = actions.map(planContract);
