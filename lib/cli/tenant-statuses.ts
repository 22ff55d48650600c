import type { Operations } from "@/lib/sdk/generated";

/** Every status of a tenant, as the API's document has them: the command line loads no schemas to know them. */
export const tenantStatuses = [
  "provisioning",
  "active",
  "inactive",
  "suspended",
  "blocked",
  "failed",
  "deleted",
  "deleting",
] as const satisfies readonly Status[];

type Status = Operations["tenants.show"]["output"]["status"];
