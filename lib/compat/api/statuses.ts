import type { Ctx } from "@/lib/gate/context";
import type { AnyOperation } from "@/lib/gate/operation";
import { setTenantStatus } from "@/lib/tenants/set-tenant-status";
import type { SettableStatus, TenantView } from "@/lib/tenants/shapes";
import { showTenant } from "@/lib/tenants/show-tenant";
import * as contracts from "../contract-statuses";
import { endpoint, inside } from "./envelope";
import { tenantOf } from "./tenant-shape";

/** Sets a status; one that it has already is left as it is, as artflow does. */
export async function toStatus(ctx: Ctx, id: string, status: SettableStatus): Promise<TenantView> {
  const tenant = (await inside(ctx, showTenant, { id })) as TenantView;
  if (tenant.status === status) return tenant;
  return (await inside(ctx, setTenantStatus, { id, status })) as TenantView;
}

const setStatus = endpoint(contracts.setStatus, async (ctx, { id, status }) => ({
  data: await tenantOf(ctx, await toStatus(ctx, id, status)),
  message: `The tenant is ${status}.`,
}));

const switched = contracts.switches.map(({ status, ...one }) =>
  endpoint(one, async (ctx, { id }) => ({
    data: await tenantOf(ctx, await toStatus(ctx, id, status)),
    message: `The tenant is ${status}.`,
  })),
);

/** Tenants' statuses. */
export const statusEndpoints: readonly AnyOperation[] = [setStatus, ...switched];
