"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { FileText, Layers, Server, User } from "lucide-react";
import { usersQuery } from "@/client/access-queries";
import { runQuery, runsQuery } from "@/client/bulk-queries";
import { serversQuery, tenantQuery, tenantsQuery } from "@/client/queries";
import { reportQuery, reportsQuery } from "@/client/reports-queries";
import { runHeading, runState } from "@/components/bulk/words";
import { useUser } from "@/components/shell/user";
import type { Permission } from "@/lib/kernel/permissions";
import type { TenantView } from "@/lib/tenants/shapes";
import type { PaletteItem } from "./item";
import { score } from "./rank";

const most = { tenants: 8, others: 5 };
const settleMs = 130;
const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the API found for what was typed. */
type Found = {
  tenants: TenantView[];
  others: PaletteItem[];
  /** True while the newest answer is on its way; until then nothing is shown that only an older one named. */
  waiting: boolean;
  /** Whether nothing could be asked. */
  failed: boolean;
};

/**
 * Searches the registry while one types: each answer is kept under what was asked, so that a late one never stands for a
 * newer question.
 */
export function useFound(typed: string): Found {
  const { scope } = useUser();
  const may = useMay();
  const [settled] = useDebouncedValue(typed.trim(), settleMs);
  const text = typed.trim() === "" ? "" : settled;
  const some = text.length > 1;
  const id = isId.test(text) ? text.toLowerCase() : null;
  const found = useQuery({
    ...tenantsQuery({ search: text, limit: 20 }),
    enabled: may("tenants:read") && text !== "" && id === null,
  });
  const byId = useQuery({ ...tenantQuery(id ?? ""), enabled: may("tenants:read") && id !== null });
  const runById = useQuery({ ...runQuery(id ?? ""), enabled: may("bulk:read") && id !== null, refetchInterval: false });
  const reportById = useQuery({
    ...reportQuery(id ?? ""),
    enabled: may("reports:read") && id !== null,
    refetchInterval: false,
  });
  const servers = useQuery({ ...serversQuery(), enabled: may("servers:read") && some });
  const runs = useInfiniteQuery({
    ...runsQuery({ limit: 50 }),
    enabled: may("bulk:read") && some,
    refetchInterval: false,
  });
  const reports = useInfiniteQuery({
    ...reportsQuery({ limit: 50 }),
    enabled: may("reports:read") && some,
    refetchInterval: false,
  });
  const users = useQuery({ ...usersQuery(), enabled: may("users:read") && scope.kind === "all" && some });
  if (text === "") return { tenants: [], others: [], waiting: typed.trim() !== "", failed: false };

  const stale = found.isPlaceholderData || settled !== typed.trim();
  const tenants = [
    ...(byId.data && id !== null ? [byId.data] : []),
    ...(id === null ? (found.data?.tenants ?? []) : []),
  ]
    .map((tenant) => ({ tenant, worth: score(namedOf(tenant), typed) }))
    .filter(({ worth }) => worth > 0 || !stale)
    .sort((one, other) => other.worth - one.worth)
    .slice(0, most.tenants)
    .map(({ tenant }) => tenant);
  const others = [
    ...(servers.data?.servers ?? []).map(
      ({ id: server, name, region }): PaletteItem => ({
        ...{ id: `server:${server}`, group: "Servers", label: name, note: region, icon: Server, words: [server] },
        deed: { kind: "go", href: `/servers#server-${server}` },
      }),
    ),
    ...[...(runById.data ? [runById.data] : []), ...(runs.data?.pages.flatMap((page) => page.runs) ?? [])].map(
      (run): PaletteItem => ({
        ...{ id: `run:${run.id}`, group: "Bulk runs", label: runHeading(run), note: runState(run).word, icon: Layers },
        words: [run.id, run.id.slice(-8), run.note],
        deed: { kind: "go", href: `/bulk/${run.id}` },
      }),
    ),
    ...[
      ...(reportById.data ? [reportById.data] : []),
      ...(reports.data?.pages.flatMap((page) => page.reports) ?? []),
    ].map(
      (report): PaletteItem => ({
        ...{ id: `report:${report.id}`, group: "Reports", label: report.title, icon: FileText },
        words: [report.id, report.id.slice(-8)],
        deed: { kind: "go", href: `/reports/${report.id}` },
      }),
    ),
    ...(users.data?.users ?? []).map(
      ({ id: user, name, email }): PaletteItem => ({
        ...{ id: `user:${user}`, group: "Users", label: name, note: email, icon: User },
        deed: { kind: "go", href: `/users?search=${encodeURIComponent(email)}` },
      }),
    ),
  ];
  const asked = [found, byId, servers, runs, reports, users];
  return {
    tenants,
    others: bestOf(others, typed),
    waiting: stale || asked.some(({ isLoading }) => isLoading),
    failed: found.isError,
  };
}

function useMay(): (permission: Permission) => boolean {
  const { permissions } = useUser();
  return (permission) => permissions.includes(permission);
}

function namedOf({ id, name, slug, domains, database }: TenantView) {
  return { label: name, note: slug, words: [id, ...domains.map(({ hostname }) => hostname), database] };
}

// The best of each kind, each thing once.
function bestOf(items: readonly PaletteItem[], typed: string): PaletteItem[] {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return items
    .map((item) => ({ item, worth: score(item, typed) }))
    .filter(({ item, worth }) => worth > 0 && !seen.has(item.id) && seen.add(item.id))
    .sort((one, other) => other.worth - one.worth)
    .filter(({ item: { group } }) => {
      const before = counts.get(group) ?? 0;
      counts.set(group, before + 1);
      return before < most.others;
    })
    .map(({ item }) => item);
}
