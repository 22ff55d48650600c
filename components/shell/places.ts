import type { UserView } from "@/lib/accounts/contract";
import type { Permission } from "@/lib/kernel/permissions";

type Place = {
  href: string;
  label: string;
  /** The key that goes there, pressed after g. */
  key: string;
  permission: Permission;
  /** For rights that reach all tenants. */
  everywhere?: true;
};

const fleet = [
  { href: "/", label: "Overview", key: "o", permission: "metrics:read" },
  { href: "/tenants", label: "Tenants", key: "t", permission: "tenants:read" },
  { href: "/analytics", label: "Analytics", key: "a", permission: "metrics:read" },
  { href: "/bulk", label: "Bulk runs", key: "b", permission: "bulk:read" },
  { href: "/reports", label: "Reports", key: "r", permission: "reports:read" },
  { href: "/schema", label: "Schema", key: "m", permission: "schema:read" },
  { href: "/servers", label: "Servers", key: "s", permission: "servers:read" },
  { href: "/runtime", label: "Runtime", key: "n", permission: "metrics:read" },
  { href: "/isolation", label: "Isolation", key: "i", permission: "isolation:read", everywhere: true },
  { href: "/health", label: "Health", key: "h", permission: "system:read", everywhere: true },
] as const satisfies readonly Place[];

const access = [
  { href: "/users", label: "Users", key: "u", permission: "users:read" },
  { href: "/roles", label: "Roles", key: "l", permission: "roles:read" },
  { href: "/keys", label: "API keys", key: "k", permission: "keys:read" },
  { href: "/ip-rules", label: "IP rules", key: "p", permission: "addresses:read" },
  { href: "/audit", label: "Audit", key: "d", permission: "audit:read" },
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
