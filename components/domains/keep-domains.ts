"use client";

import { useQueryClient } from "@tanstack/react-query";
import { domainsQuery, tenantQuery } from "@/client/queries";
import { useReadAgain } from "@/client/read-again";
import type { DomainDetail, DomainList } from "@/lib/domains/contract";
import { listTenantsContract } from "@/lib/tenants/contract";
import { listActivitiesContract } from "@/lib/tenants/contract-activities";

/** Puts domains, as the API just answered them, in place of those on screen, and has what shows them read again. */
export function useKeepDomains(tenantId: string) {
  const cache = useQueryClient();
  const readAgain = useReadAgain();
  const { queryKey } = domainsQuery(tenantId);
  const rest = () => {
    void cache.invalidateQueries({ queryKey: tenantQuery(tenantId).queryKey });
    readAgain(listTenantsContract, listActivitiesContract);
  };
  return {
    all: (list: DomainList) => {
      cache.setQueryData(queryKey, list);
      rest();
    },
    one: (domain: DomainDetail) => {
      cache.setQueryData(queryKey, (list) => list && { ...list, domains: replaced(list.domains, domain) });
      void cache.invalidateQueries({ queryKey });
      rest();
    },
  };
}

function replaced(domains: DomainDetail[], domain: DomainDetail): DomainDetail[] {
  if (!domains.some(({ id }) => id === domain.id)) return [...domains, domain];
  return domains.map((one) => (one.id === domain.id ? domain : one));
}
