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

/** A deed and whom it is for, as in "suspend aurora" or "aurora suspend"; null where neither end of it is a deed. */
export function verbAndName(typed: string): { dialog: TenantDialog; name: string } | null {
  const words = typed.trim().split(/\s+/);
  const [first = "", last = ""] = [words[0], words.at(-1)];
  if (words.length < 2) return null;
  const [ahead, behind] = [dialogOf(first), dialogOf(last)];
  if (ahead !== undefined) return { dialog: ahead, name: words.slice(1).join(" ") };
  return behind === undefined ? null : { dialog: behind, name: words.slice(0, -1).join(" ") };
}

function dialogOf(verb: string): TenantDialog | undefined {
  if (verb.length < leastVerb) return undefined;
  const names = Object.keys(dialogWords) as TenantDialog[];
  return names.find((each) => dialogWords[each].toLowerCase().startsWith(verb.toLowerCase()));
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
