import { z } from "zod";
import { declared, tenantId } from "./contract-endpoint";
import { compatTenant, status } from "./contract-tenants";

export const setStatus = declared({
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
});

const words = { activate: "active", deactivate: "inactive", block: "blocked" } as const;

/** The endpoints that set one status each, with that status. */
export const switches = Object.entries(words).map(([word, status]) => ({
  status,
  ...declared({
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
  }),
}));

/** Tenants' statuses. */
export const statusEndpointContracts = [setStatus, ...switches];
