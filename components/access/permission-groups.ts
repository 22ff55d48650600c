import { type Permission, permissions } from "@/lib/kernel/permissions";

const resources = {
  tenants: "Tenants",
  domains: "Domains",
  bulk: "Bulk runs",
  schema: "Schema",
  databases: "Databases",
  secrets: "Secrets",
  data: "Data",
  servers: "Servers",
  isolation: "Isolation",
  system: "System",
  metrics: "Figures",
  activities: "Activity",
  reports: "Reports",
  audit: "Audit trail",
  users: "Users",
  roles: "Roles",
  keys: "API keys",
  addresses: "IP rules",
} as const satisfies Record<ResourceOf<Permission>, string>;

type ResourceOf<Name> = Name extends `${infer Resource}:${string}` ? Resource : never;

/** All permissions, grouped by what they are about. */
export const permissionGroups = Object.entries(resources).map(([resource, name]) => ({
  resource,
  name,
  permissions: permissions.filter((permission) => permission.startsWith(`${resource}:`)),
}));

/** A set of permissions in a few words, such as "Tenants: read, update". */
export function permissionSummary(held: readonly Permission[]): string {
  if (held.length === permissions.length) return "everything";
  return permissionGroups
    .map(({ name, permissions: members }) => ({ name, mine: members.filter((each) => held.includes(each)) }))
    .filter(({ mine }) => mine.length > 0)
    .map(({ name, mine }) => `${name}: ${mine.map((each) => each.slice(each.indexOf(":") + 1)).join(", ")}`)
    .join(" · ");
}

/** The first few of some permissions by name, and how many more there are. */
export function fewPermissions(chosen: readonly Permission[], most = 3): string {
  const named = permissionGroups.flatMap(({ name, permissions: members }) =>
    members.filter((each) => chosen.includes(each)).map((each) => `${name}: ${each.slice(each.indexOf(":") + 1)}`),
  );
  const more = named.length - most;
  return named.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
