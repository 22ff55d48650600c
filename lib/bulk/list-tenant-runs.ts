import { operation } from "@/lib/gate/operation";
import { listTenantRunsContract } from "./contract";
import { readRuns } from "./list-runs";

export const listTenantRuns = operation(
  listTenantRunsContract,
  async (ctx, { id, ...asked }) => await readRuns(ctx, "tenants.runs", asked, id),
);
