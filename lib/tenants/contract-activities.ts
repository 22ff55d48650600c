import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { pageInput } from "@/lib/kernel/page";
import { tenantKey } from "./contract";
import { activityView } from "./shapes";

const activityFilter = {
  type: z.array(z.string().max(60)).default([]),
  actor: z.string().max(200).optional().describe("exactly this one, as the activities name it"),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional().describe("the first moment that is left out"),
};

export const listActivitiesContract = contract({
  id: "activities.list",
  method: "GET",
  path: "/api/tenancy/activities",
  summary: "List what happened to tenants, newest first.",
  access: "activities:read",
  scoped: true,
  list: "activities",
  input: z.object({ tenant: z.uuid().optional(), ...activityFilter, ...pageInput(20) }),
  output: z.object({ activities: z.array(activityView), next: z.string().nullable() }),
});

export const listTenantActivitiesContract = contract({
  id: "tenants.activities",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/activities",
  summary: "List what happened to a tenant, newest first.",
  access: "activities:read",
  scoped: true,
  list: "activities",
  input: tenantKey.extend({ ...activityFilter, ...pageInput(20) }),
  output: z.object({ activities: z.array(activityView), next: z.string().nullable() }),
});
