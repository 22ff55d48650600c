import { z } from "zod";
import { declared, tenantId } from "./contract-endpoint";

const homepage = "Whether a tenant shows a homepage is its app's to decide: Tenantry keeps no such setting.";
const report = "Reports in this form are not made. GET /api/tenancy/tenants/export has the tenants as CSV.";

/** What artflow has and Tenantry has not, and why. */
const words = {
  "POST /tenancy/tenants/{id}/enable-homepage": homepage,
  "POST /tenancy/tenants/{id}/disable-homepage": homepage,
  "POST /tenancy/tenants/{id}/backup":
    "Nothing is backed up by this. POST …/export makes a dump that can be downloaded.",
  "POST /tenancy/tenants/{id}/restore":
    "Nothing is restored by this. A deleted tenant comes back by POST /api/tenancy/tenants/{id}/restore.",
  "POST /tenancy/import-tenant":
    "A tenant's dump is not taken here. Make the tenant, then import its data: see POST /api/tenancy/tenants/{id}/actions/import-data.",
  "GET /tenancy/reports/tenants": report,
  "GET /tenancy/reports/system": report,
} as const;

/** The endpoints that answer 501, each with its reason. */
export const notOfferedContracts = Object.entries(words).map(([address, why]) => {
  const [method = "", path = ""] = address.split(" ");
  const name = path.replace(/^\/tenancy\/|\/\{id\}/g, "").replaceAll("/", "-");
  const one = declared({
    ...{ id: `notOffered.${name}`, method: method as "GET" | "POST", path: path as `/${string}` },
    ...{ access: "tenants:read", scoped: true, summary: `Not offered, and answered with 501: ${name}.` },
    input: z.object(path.includes("{id}") ? tenantId : {}),
    data: z.null(),
  });
  return { ...one, why };
});
