import { z } from "zod";
import { addDomain } from "@/lib/domains/add-domain";
import { listDomains } from "@/lib/domains/list-domains";
import { removeDomain } from "@/lib/domains/remove-domain";
import type { AnyOperation } from "@/lib/gate/operation";
import { endpoint, inside, tenantId } from "./envelope";
import { compatDomain, domainOf } from "./tenant-shape";

const path = "/tenancy/tenants/{id}/domains";

const list = endpoint(
  {
    ...{ id: "domains.list", method: "GET", path, access: "tenants:read", scoped: true },
    summary: "List a tenant's domains, in artflow's form.",
    input: z.object(tenantId),
    data: z.array(compatDomain),
  },
  async (ctx, { id }) => {
    const { domains } = await inside(ctx, listDomains, { id });
    return { data: domains.map((one) => domainOf(one, id)) };
  },
);

const add = endpoint(
  {
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
  },
  async (ctx, { id, domain }) => {
    const made = await inside(ctx, addDomain, { id, hostname: domain }, { hostname: "domain" });
    return { data: { ...domainOf(made, id), record: made.record }, message: "The domain is added." };
  },
);

const remove = endpoint(
  {
    ...{ id: "domains.remove", method: "DELETE", path: `${path}/{domain}`, access: "domains:update", scoped: true },
    summary: "Remove a domain from a tenant, in artflow's form.",
    input: z.object({ ...tenantId, domain: z.uuid("This is not a domain's id.") }),
    data: z.null(),
  },
  async (ctx, { id, domain }) => {
    await inside(ctx, removeDomain, { id, domain });
    return { data: null, message: "The domain is removed." };
  },
);

/** Tenants' domains. */
export const domainEndpoints: readonly AnyOperation[] = [list, add, remove];
