/** Everything that can be allowed, as resource:verb, with what it means to people. */
export const permissionWords = {
  "tenants:read": "See tenants with their domains, steps and newest figures",
  "tenants:create": "Create tenants and adopt databases",
  "tenants:update": "Edit tenants and their tags",
  "tenants:status": "Activate, deactivate, suspend and block tenants",
  "tenants:maintain": "Put tenants' apps into maintenance, and end it",
  "tenants:support": "Open tenants' apps as support, with a reason, and end such sessions",
  "domains:update": "Add, verify, choose and remove tenants' domains",
  "tenants:delete": "Delete tenants",
  "tenants:purge": "Purge deleted tenants before their time of grace is over",
  "bulk:read": "See bulk runs, their plans and what became of each tenant",
  "bulk:confirm": "Confirm planned bulk runs, and try again what failed",
  "bulk:control": "Pause, resume and cancel bulk runs",
  "schema:read": "See schema versions and drift",
  "schema:migrate": "Migrate, roll back and seed tenants' databases",
  "databases:maintain": "End connections, vacuum and analyze, check isolation and schemas",
  "secrets:rotate": "Give tenants' roles new passwords",
  "data:export": "Export tenants' data and download it",
  "data:import": "Import data into tenants' databases",
  "data:reset": "Make tenants' databases anew: everything in them goes",
  "servers:read": "See servers and their databases",
  "servers:create": "Add servers",
  "servers:update": "Change servers' names, regions and poolers",
  "servers:delete": "Remove servers from the fleet",
  "isolation:read": "See whether tenants were proven to be apart, and what leaks",
  "system:read": "See health, versions, settings and caches, what diagnosis finds, and orphans",
  "system:maintain": "Mend what diagnosis finds, and clear caches",
  "metrics:read": "See figures live, their history and the overview",
  "metrics:write": "Send metrics of tenants' apps (OTLP)",
  "activities:read": "See tenants' timelines and sign-ins",
  "reports:read": "Make reports and download them, and lists as files",
  "reports:schedule": "Have reports made regularly, and say to whom they are mailed",
  "audit:read": "See the audit trail, verify and export it",
  "users:read": "See users and invitations",
  "users:create": "Invite users",
  "users:update": "Change users' roles and scopes, deactivate them, help them back in",
  "users:recover": "Remove somebody's second factor: for owners only",
  "roles:read": "See roles",
  "roles:update": "Make, change and delete custom roles",
  "keys:read": "See API keys",
  "keys:create": "Make API keys, with no more rights than one's own",
  "keys:delete": "Revoke API keys",
  "addresses:read": "See the IP rules",
  "addresses:update": "Change the IP rules",
} as const;

export type Permission = keyof typeof permissionWords;

export const permissions = Object.keys(permissionWords) as Permission[];

/** Whether a text is the name of a permission. */
export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissionWords, text);
}

const looking: Permission[] = [
  "tenants:read",
  "servers:read",
  "metrics:read",
  "activities:read",
  "bulk:read",
  "schema:read",
  "isolation:read",
];

/** The roles that come with Tenantry; custom roles stand beside them. */
export const builtInRoles = {
  owner: { words: "Everything, other owners included", permissions },
  admin: {
    words: "Everything but owners, and other people's second factors",
    permissions: permissions.filter((permission) => permission !== "users:recover"),
  },
  operator: {
    words: "Runs tenants: sees, creates, edits and switches them",
    permissions: [
      ...looking,
      "reports:read",
      "reports:schedule",
      "tenants:create",
      "tenants:update",
      "tenants:status",
      "tenants:maintain",
      "tenants:support",
      "domains:update",
      "bulk:confirm",
      "bulk:control",
      "schema:migrate",
      "databases:maintain",
      "system:read",
      "system:maintain",
    ],
  },
  analyst: { words: "Reads, and downloads lists as files", permissions: [...looking, "reports:read"] },
  auditor: {
    words: "Reads, with the audit trail and who may do what",
    permissions: [...looking, "system:read", "audit:read", "users:read", "roles:read", "keys:read", "addresses:read"],
  },
  viewer: { words: "Reads", permissions: looking },
} as const satisfies Record<string, { words: string; permissions: readonly Permission[] }>;

export type BuiltInRole = keyof typeof builtInRoles;

export const builtInRoleNames = Object.keys(builtInRoles) as BuiltInRole[];

/** Whether a role's name is one of those that come with Tenantry. */
export function isBuiltIn(role: string): role is BuiltInRole {
  return Object.hasOwn(builtInRoles, role);
}

/** What only people may do, since it takes their second factor: no API key can have these. */
const forPeople: readonly Permission[] = [
  "users:create",
  "users:update",
  "users:recover",
  "roles:update",
  "keys:create",
  "addresses:update",
];

/** What an API key can be given. */
export const keyPermissions = permissions.filter((permission) => !forPeople.includes(permission));

/** Whether every one of these permissions is among those. */
export function covers(held: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((permission) => held.includes(permission));
}
