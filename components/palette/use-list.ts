"use client";

import { useQuery } from "@tanstack/react-query";
import { Database, Ellipsis, FileText, Layers } from "lucide-react";
import { usePathname } from "next/navigation";
import { browserStore } from "@/client/browser-store";
import { tenantQuery } from "@/client/queries";
import { useUser } from "@/components/shell/user";
import type { TenantView } from "@/lib/tenants/shapes";
import type { PaletteItem, PaletteStep } from "./item";
import { ranked } from "./rank";
import { recentVisits, type VisitKind } from "./recents";
import { useThemeItems, zoneItems } from "./setting-items";
import { tenantDeeds, tenantItem, verbAndName, verbItems } from "./tenant-items";
import { useFound } from "./use-found";
import { useItems } from "./use-items";

/** What the palette lists now, and whether more is on its way. */
type PaletteList = { items: PaletteItem[]; waiting: boolean; failed: boolean };

/** What answers to what was typed, on the first list or on a further one. */
export function useList(step: PaletteStep | null, typed: string): PaletteList {
  const first = useFirstList(step === null ? typed : "");
  const themes = useThemeItems();
  const { permissions } = useUser();
  const subject = useTenant(step?.name === "tenant" ? step.tenant.id : null);
  if (step === null) return first;
  const rest = { waiting: false, failed: false };
  if (step.name === "theme") return { items: ranked(themes, typed), ...rest };
  if (step.name === "zone") return { items: zoneItems(typed), ...rest };
  if (!subject) return { items: [], waiting: true, failed: false };
  return { items: ranked(tenantDeeds(subject, permissions, step.tenant.name), typed), ...rest };
}

function useFirstList(typed: string): PaletteList {
  const user = useUser();
  const statics = useItems();
  const themes = useThemeItems().map((item) => ({ ...item, label: `${item.label} theme`, words: [item.label] }));
  const here = useTenant(tenantOfPath(usePathname()));
  const asked = verbAndName(typed);
  const plain = useFound(typed);
  const named = useFound(asked?.name ?? "");
  const own = here ? tenantDeeds(here, user.permissions, "This tenant").filter(({ label }) => label !== "Open") : [];
  if (typed.trim() === "") return { items: [...own, ...visited(user), ...statics], waiting: false, failed: false };
  const verbs = asked ? verbItems(asked.dialog, named.tenants, user.permissions) : [];
  const items = [
    ...verbs,
    ...byGroup(
      ranked([...own, ...themes, ...statics], typed),
      plain.tenants.map((tenant) => tenantItem(tenant, Database)),
    ),
    ...more(plain.tenants[0], user.permissions.length > 0),
    ...plain.others,
  ];
  return {
    items: grouped(items),
    waiting: plain.waiting || (asked !== null && named.waiting),
    failed: plain.failed,
  };
}

// Tenants are what most look for: they come first, but for a place or deed whose name was begun.
function byGroup(found: readonly PaletteItem[], tenants: readonly PaletteItem[]): PaletteItem[] {
  return [...found.slice(0, 6), ...tenants];
}

/** The way to what can be done with the best hit, for who has no right arrow key. */
function more(tenant: TenantView | undefined, some: boolean): PaletteItem[] {
  if (!tenant || !some) return [];
  const { id, name, slug, status } = tenant;
  return [
    {
      ...{
        id: `tenant:${id}:more`,
        group: "Tenants",
        label: `What can be done with ${name}…`,
        icon: Ellipsis,
        keys: "→",
      },
      deed: { kind: "step", step: { name: "tenant", tenant: { id, name, slug, status } } },
    },
  ];
}

// Items of one group stand together, where its first one stands.
function grouped(items: readonly PaletteItem[]): PaletteItem[] {
  const groups = new Map<string, PaletteItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups.values()].flat();
}

const visitRights = { tenant: "tenants:read", run: "bulk:read", report: "reports:read" } as const;
const visitIcons = { tenant: Database, run: Layers, report: FileText };
const visitNotes: Record<VisitKind, string> = { tenant: "Tenant", run: "Bulk run", report: "Report" };

function visited({ id, permissions }: ReturnType<typeof useUser>): PaletteItem[] {
  return recentVisits(browserStore, id)
    .filter(({ kind, href }) => permissions.includes(visitRights[kind]) && href !== window.location.pathname)
    .slice(0, 5)
    .map(({ kind, href, label }) => ({
      ...{ id: `visit:${href}`, group: "Recent", label, note: visitNotes[kind], icon: visitIcons[kind] },
      deed: { kind: "go", href },
    }));
}

function tenantOfPath(path: string): string | null {
  return /^\/tenants\/([0-9a-f-]{36})(\/|$)/.exec(path)?.[1] ?? null;
}

function useTenant(id: string | null): TenantView | undefined {
  const { permissions } = useUser();
  const { data } = useQuery({ ...tenantQuery(id ?? ""), enabled: id !== null && permissions.includes("tenants:read") });
  return data;
}
