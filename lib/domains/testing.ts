import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { showTenant } from "@/lib/tenants/show-tenant";
import { addDomain } from "./add-domain";
import type { DomainDetail, DomainList } from "./contract";
import type { DnsTxt } from "./dns";
import { listDomains } from "./list-domains";
import { removeDomain } from "./remove-domain";
import { setPrimaryDomain } from "./set-primary-domain";
import { verifyBy } from "./verify-domain";

/** Names with their TXT records; a name without any is not there, and one with an error code fails with it. */
export type Zone = Map<string, string[] | { code: string }>;

/** A DNS that knows a zone and nothing else. */
export function zoneTxt(zone: Zone): DnsTxt {
  return async (name) => {
    const found = zone.get(name) ?? { code: "ENOTFOUND" };
    if (Array.isArray(found)) return found.map((text) => [text]);
    throw Object.assign(new Error(`queryTxt ${found.code}`), found);
  };
}

/** Puts the record of a domain where it belongs. */
export function publish(zone: Zone, { record }: DomainDetail): void {
  zone.set(record.name, [record.value]);
}

/** The operations on one tenant's domains, as an owner unless told. */
export function domainsOf(id: string, zone: Zone, ctx: () => Ctx = () => as("owner")) {
  const verify = verifyBy(zoneTxt(zone));
  return {
    list: (): Promise<DomainList> => perform(listDomains, ctx(), { id }),
    add: (hostname: string): Promise<DomainDetail> => perform(addDomain, ctx(), { id, hostname }),
    verify: (domain: string): Promise<DomainDetail> => perform(verify, ctx(), { id, domain }),
    setPrimary: (domain: string): Promise<DomainList> => perform(setPrimaryDomain, ctx(), { id, domain }),
    remove: (domain: string): Promise<DomainList> => perform(removeDomain, ctx(), { id, domain }),
  };
}

let made = 0;

/** A name that nobody has claimed yet. */
export const host = () => `shop-${++made}.example.com`;

/** A domain that a tenant has claimed and proven. */
export async function proven(id: string, zone: Zone): Promise<DomainDetail> {
  const domains = domainsOf(id, zone);
  const added = await domains.add(host());
  publish(zone, added);
  return await domains.verify(added.id);
}

/** Nobody has any domain. */
export async function clear(): Promise<void> {
  await controlDb().domain.deleteMany({});
}

/** A tenant's domains as its page shows them. */
export const viewOf = async (id: string) => (await perform(showTenant, as("owner"), { id })).domains;

/** The audit trail's newest entry. */
export const lastAudit = () => controlDb().auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });

/** What happened to a tenant, the newest last. */
export const timeline = (id: string) =>
  controlDb().tenantActivity.findMany({ where: { tenantId: id }, orderBy: { id: "asc" } });
