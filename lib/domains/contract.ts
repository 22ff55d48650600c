import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { hostname } from "@/lib/kernel/naming";

const time = z.iso.datetime();

/**
 * verified: apps answer under it; pending: its TXT record was not seen yet; lost: it is verified and answers, but the
 * record is gone; taken: another tenant has proven it meanwhile.
 */
export const domainStates = ["verified", "pending", "lost", "taken"] as const;
export type DomainState = (typeof domainStates)[number];

export const domainDetail = z
  .object({
    id: z.uuid(),
    hostname: z.string(),
    primary: z.boolean().describe("links to the tenant's app use it; only a verified domain can be primary"),
    state: z.enum(domainStates),
    record: z.object({
      name: z.string().describe("where the TXT record belongs: _tenantry.<hostname>"),
      value: z.string().describe("what it has to say: tenantry-verification=<token>"),
    }),
    verifiedAt: time.nullable(),
    verifiedBy: z.enum(["dns", "hand"]).nullable().describe("hand: somebody vouched for it"),
    checkedAt: time.nullable(),
    checkError: z.string().nullable().describe("what was wrong when DNS was last asked, in words for people"),
    nextCheckAt: time.nullable(),
    createdAt: time,
  })
  .meta({ id: "Domain" });
export type DomainDetail = z.infer<typeof domainDetail>;

const tenant = z.object({ id: z.uuid("This is not a tenant's id.") });
const domain = tenant.extend({ domain: z.uuid("This is not a domain's id.") });
const all = z.object({
  domains: z.array(domainDetail),
  builtIn: z.string().describe("the host every tenant has: {slug}.<TENANTRY_APP_DOMAIN>"),
});

export const listDomainsContract = contract({
  id: "domains.list",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/domains",
  summary: "List a tenant's own domains with the state of each and the TXT record that proves it.",
  access: "tenants:read",
  scoped: true,
  list: "domains",
  input: tenant,
  output: all,
});

export const showDomainContract = contract({
  id: "domains.show",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/domains/{domain}",
  summary: "Show one of a tenant's own domains.",
  access: "tenants:read",
  scoped: true,
  state: ({ checkedAt: _, checkError: __, nextCheckAt: ___, ...kept }) => kept,
  input: domain,
  output: domainDetail,
});
export type DomainList = z.infer<typeof all>;

export const addDomainContract = contract({
  id: "domains.add",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/domains",
  summary:
    "Add a domain to a tenant: it answers once its TXT record is seen. Refused when another tenant has proven it.",
  access: "domains:update",
  scoped: true,
  status: 201,
  input: tenant.extend({ hostname }),
  output: domainDetail,
});

export const verifyDomainContract = contract({
  id: "domains.verify",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/domains/{domain}/verify",
  summary: "Ask DNS now whether a domain's TXT record is there.",
  access: "domains:update",
  scoped: true,
  input: domain,
  output: domainDetail,
});

export const vouchDomainContract = contract({
  id: "domains.vouch",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/domains/{domain}/vouch",
  summary: "Take a domain as verified without DNS, such as one of a private network: with a reason, and audited.",
  access: "domains:update",
  scoped: true,
  stepUp: "people",
  input: domain.extend({
    reason: z.string().trim().min(1, "Say why DNS is not asked.").max(500, "Use at most 500 characters."),
  }),
  output: domainDetail,
});

export const setPrimaryDomainContract = contract({
  id: "domains.setPrimary",
  method: "PUT",
  path: "/api/tenancy/tenants/{id}/domains/{domain}/primary",
  summary: "Make a verified domain the one that links to the tenant's app use.",
  access: "domains:update",
  scoped: true,
  guarded: true,
  input: domain,
  output: all,
});

export const removeDomainContract = contract({
  id: "domains.remove",
  method: "DELETE",
  path: "/api/tenancy/tenants/{id}/domains/{domain}",
  summary: "Remove a domain from a tenant: it no longer answers, and somebody else can prove it.",
  access: "domains:update",
  scoped: true,
  guarded: true,
  input: domain,
  output: all,
});
