import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { AnyOperation } from "@/lib/gate/operation";
import { setTenantStatus } from "@/lib/tenants/set-tenant-status";
import { type SettableStatus, settableStatuses, type TenantView } from "@/lib/tenants/shapes";
import { showTenant } from "@/lib/tenants/show-tenant";
import { endpoint, inside, tenantId } from "./envelope";
import { compatTenant, tenantOf } from "./tenant-shape";

export const status = z.enum(settableStatuses, "Choose active, inactive, suspended or blocked.");

/** Sets a status; one that it has already is left as it is, as artflow does. */
export async function toStatus(ctx: Ctx, id: string, status: SettableStatus): Promise<TenantView> {
  const tenant = (await inside(ctx, showTenant, { id })) as TenantView;
  if (tenant.status === status) return tenant;
  return (await inside(ctx, setTenantStatus, { id, status })) as TenantView;
}

const setStatus = endpoint(
  {
    ...{
      id: "tenants.status",
      method: "PUT",
      path: "/tenancy/tenants/{id}/status",
      access: "tenants:status",
      scoped: true,
    },
    summary: "Set a tenant's status, in artflow's form.",
    input: z.object({ ...tenantId, status }),
    data: compatTenant,
  },
  async (ctx, { id, status }) => ({
    data: await tenantOf(ctx, await toStatus(ctx, id, status)),
    message: `The tenant is ${status}.`,
  }),
);

const switches = { activate: "active", deactivate: "inactive", block: "blocked" } as const;

const switched = Object.entries(switches).map(([word, status]) =>
  endpoint(
    {
      ...{
        id: `tenants.${word}`,
        method: "POST",
        path: `/tenancy/tenants/{id}/${word}`,
        access: "tenants:status",
        scoped: true,
      },
      summary: `Make a tenant ${status}, in artflow's form.`,
      input: z.object(tenantId),
      data: compatTenant,
    },
    async (ctx, { id }) => ({
      data: await tenantOf(ctx, await toStatus(ctx, id, status)),
      message: `The tenant is ${status}.`,
    }),
  ),
);

/** Tenants' statuses. */
export const statusEndpoints: readonly AnyOperation[] = [setStatus, ...switched];
