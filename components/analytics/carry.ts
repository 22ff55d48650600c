"use client";

import { useSearchParams } from "next/navigation";
import { searchAnalytics } from "./search-narrowing";
import { searchPeriod } from "./search-period";

const everything = Object.keys(searchAnalytics);
const periodAlone = Object.keys(searchPeriod);

/** Addresses of other pages with this page's period and tenants: who looks at last week here does so there. */
export function useCarry(): (href: string, more?: Record<string, string>) => string {
  const search = useSearchParams();
  return (href, more) => joined(href, search, everything, more);
}

/** The address of a tenant's history over this page's period, or over another. */
export function useTenantHistory(): (id: string, period?: { from: string; to: string }) => string {
  const search = useSearchParams();
  return (id, period) => joined(`/tenants/${id}/history`, search, periodAlone, period);
}

function joined(href: string, search: URLSearchParams, names: readonly string[], more: Record<string, string> = {}) {
  const kept = [...search].filter(([name]) => names.includes(name) && !(name in more));
  const query = new URLSearchParams([...kept, ...Object.entries(more)]);
  return query.size > 0 ? `${href}?${query}` : href;
}
