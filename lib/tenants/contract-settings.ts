import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { tenantKey } from "./contract";
import { tenantLimits, tenantSettings, tenantUsage } from "./shapes";

export const tenantUsageContract = contract({
  id: "tenants.usage",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/usage",
  summary:
    "Show the newest value of each metric of a tenant: how it was measured, when, and its limit. Unknown is null.",
  access: "metrics:read",
  scoped: true,
  input: tenantKey,
  output: tenantUsage,
});

export const showTenantSettingsContract = contract({
  id: "tenants.settings",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/settings",
  summary: "Show a tenant's settings: the limits that PostgreSQL holds its role to, and the storage that is watched.",
  access: "tenants:read",
  scoped: true,
  state: (settings) => settings,
  input: tenantKey,
  output: tenantSettings,
});

export const editTenantSettingsContract = contract({
  id: "tenants.editSettings",
  method: "PATCH",
  path: "/api/tenancy/tenants/{id}/settings",
  summary: "Change a tenant's limits; PostgreSQL itself holds to them before this answers.",
  access: "tenants:update",
  scoped: true,
  guarded: true,
  input: tenantKey.extend({
    limits: z
      .strictObject(tenantLimits.partial().shape)
      .refine((limits) => Object.values(limits).some((value) => value !== undefined), "Name at least one limit.")
      .describe("what is left out stays as it is; null takes a limit away"),
  }),
  output: tenantSettings,
});
