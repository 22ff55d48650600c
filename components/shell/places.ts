import type { UserView } from "@/lib/accounts/contract";
import type { Permission } from "@/lib/kernel/permissions";

type Place = {
  href: string;
  label: string;
  permission: Permission;
  /** For rights that reach all tenants. */
  everywhere?: true;
};

const fleet = [
  { href: "/", label: "Overview", permission: "metrics:read" },
  { href: "/tenants", label: "Tenants", permission: "tenants:read" },
  { href: "/analytics", label: "Analytics", permission: "metrics:read" },
  { href: "/bulk", label: "Bulk runs", permission: "bulk:read" },
  { href: "/reports", label: "Reports", permission: "reports:read" },
  { href: "/schema", label: "Schema", permission: "schema:read" },
  { href: "/servers", label: "Servers", permission: "servers:read" },
  { href: "/runtime", label: "Runtime", permission: "metrics:read" },
  { href: "/isolation", label: "Isolation", permission: "isolation:read", everywhere: true },
  { href: "/health", label: "Health", permission: "system:read", everywhere: true },
] as const satisfies readonly Place[];

const access = [
  { href: "/users", label: "Users", permission: "users:read" },
  { href: "/roles", label: "Roles", permission: "roles:read" },
  { href: "/keys", label: "API keys", permission: "keys:read" },
  { href: "/ip-rules", label: "IP rules", permission: "addresses:read" },
  { href: "/audit", label: "Audit", permission: "audit:read" },
] as const satisfies readonly Place[];

/** A place of the console that not everybody may see. */
export type ConsolePlace = (typeof fleet)[number] | (typeof access)[number];

/** The places that somebody may see; those of access take rights that reach all tenants. */
export function placesOf({ permissions, scope }: Pick<UserView, "permissions" | "scope">) {
  const may = ({ permission, everywhere }: Place) =>
    permissions.includes(permission) && (!everywhere || scope.kind === "all");
  return { fleet: fleet.filter(may), access: scope.kind === "all" ? access.filter(may) : [] };
}

/** Where somebody starts: the overview, or the first place that they may see; the account is everybody's. */
export function firstPlace(user: Pick<UserView, "permissions" | "scope">): string {
  const { fleet: ofFleet, access: ofAccess } = placesOf(user);
  return [...ofFleet, ...ofAccess][0]?.href ?? "/account";
}
