import { z } from "zod";
import { declared, tenantId } from "./contract-endpoint";
import { compatDomain } from "./contract-tenants";

const path = "/tenancy/tenants/{id}/domains";

export const list = declared({
  ...{ id: "domains.list", method: "GET", path, access: "tenants:read", scoped: true },
  summary: "List a tenant's domains, in artflow's form.",
  input: z.object(tenantId),
  data: z.array(compatDomain),
});

export const add = declared({
  ...{
    id: "domains.create",
    method: "POST",
    path: `${path}/create`,
    access: "domains:update",
    scoped: true,
    status: 201,
  },
  summary: "Add a domain to a tenant, in artflow's form: it answers once it is proven.",
  input: z.object({
    ...tenantId,
    domain: z.string().max(255),
    is_primary: z.literal(false, "A domain can be made the primary one once it is verified.").optional(),
  }),
  data: compatDomain.extend({
    record: z.object({ name: z.string(), value: z.string() }).describe("the TXT record that proves it"),
  }),
});

export const remove = declared({
  ...{ id: "domains.remove", method: "DELETE", path: `${path}/{domain}`, access: "domains:update", scoped: true },
  summary: "Remove a domain from a tenant, in artflow's form.",
  input: z.object({ ...tenantId, domain: z.uuid("This is not a domain's id.") }),
  data: z.null(),
});

/** Tenants' domains. */
export const domainEndpointContracts = [list, add, remove];
