import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
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
