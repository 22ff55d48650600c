import { History, type LucideIcon, SquareArrowOutUpRight } from "lucide-react";
import { allowedDialogs, dialogWords, type TenantDialog } from "@/components/tenant/tenant-dialogs";
import type { Permission } from "@/lib/kernel/permissions";
import type { TenantView } from "@/lib/tenants/shapes";
import type { PaletteItem } from "./item";

type Subject = Pick<TenantView, "id" | "name" | "slug" | "status" | "adopted">;

/** A tenant as a place to go to. */
export function tenantItem({ id, name, slug, status }: Subject, icon: LucideIcon): PaletteItem {
  return {
    ...{ id: `tenant:${id}`, group: "Tenants", label: name, note: slug, icon, status },
    deed: { kind: "go", href: `/tenants/${id}` },
  };
}

/** What this user may do with a tenant: each opens the dialog that the tenant's page has for it. */
export function tenantDeeds(tenant: Subject, permissions: readonly Permission[], group: string): PaletteItem[] {
  const { id, name } = tenant;
  return [
    {
      ...{ id: `tenant:${id}:open`, group, label: "Open", icon: SquareArrowOutUpRight, note: name },
      deed: { kind: "go", href: `/tenants/${id}` },
    },
    ...(permissions.includes("metrics:read")
      ? [
          {
            ...{ id: `tenant:${id}:history`, group, label: "History", icon: History, note: name },
            deed: { kind: "go", href: `/tenants/${id}/history` } as const,
          },
        ]
      : []),
    ...allowedDialogs(tenant, permissions).map(
      (dialog): PaletteItem => ({
        ...{ id: `tenant:${id}:${dialog}`, group, label: `${dialogWords[dialog]}…`, note: name },
        deed: { kind: "go", href: `/tenants/${id}?do=${dialog}` },
      }),
    ),
  ];
}

const leastVerb = 3;

/** A deed and whom it is for, as in "suspend aurora"; null where what was typed does not begin with a deed. */
export function verbAndName(typed: string): { dialog: TenantDialog; name: string } | null {
  const [, first, name] = /^\s*(\S+)\s+(\S.*)$/.exec(typed) ?? [];
  if (first === undefined || name === undefined || first.length < leastVerb) return null;
  const asked = first.toLowerCase();
  const names = Object.keys(dialogWords) as TenantDialog[];
  const dialog = names.find((each) => dialogWords[each].toLowerCase().startsWith(asked));
  return dialog === undefined ? null : { dialog, name };
}

/** That deed for the tenants that were found, where this user may do it to them. */
export function verbItems(dialog: TenantDialog, tenants: readonly TenantView[], permissions: readonly Permission[]) {
  return tenants
    .filter((tenant) => allowedDialogs(tenant, permissions).includes(dialog))
    .map(
      ({ id, name, slug, status }): PaletteItem => ({
        ...{ id: `tenant:${id}:${dialog}`, group: "Do", label: `${dialogWords[dialog]} ${name}…`, note: slug, status },
        deed: { kind: "go", href: `/tenants/${id}?do=${dialog}` },
      }),
    );
}
