/** How bad a finding is: somebody is cut off or exposed; something does not work; something should be seen to. */
export const severities = ["critical", "error", "warning"] as const;
export type Severity = (typeof severities)[number];

type RuleFacts = {
  severity: Severity;
  /** What is wrong, as a sentence without a name. */
  words: string;
  /** What to do about it. */
  todo: string;
  /** Whether fleet.mend does that. What could lose data it never does. */
  mendable: boolean;
};

/** Everything that the diagnosis looks for. docs/operations.md tells each at length. */
export const rules = {
  "server-unreachable": {
    severity: "critical",
    words: "A server can't be asked.",
    todo: "See whether PostgreSQL runs there, the network lets Tenantry through, and the administrator's password is right.",
    mendable: false,
  },
  "server-unmeasured": {
    severity: "error",
    words: "A server was not measured for a minute, though nothing says why.",
    todo: "See whether a worker runs, and what its log says.",
    mendable: false,
  },
  "server-twice": {
    severity: "error",
    words: "Two servers are the same cluster, or copies of one.",
    todo: "Keep one entry: its tenants are measured and changed through both. Move what differs by hand.",
    mendable: false,
  },
  "secret-unreadable": {
    severity: "critical",
    words: "A stored secret does not open.",
    todo: "Give the key that sealed it (TENANTRY_OLD_SECRET_KEYS). A tenant's is renewed by rotating its secret.",
    mendable: false,
  },
  "database-missing": {
    severity: "critical",
    words: "A tenant's database is not on its server.",
    todo: "Restore it from a backup under the same name. Tenantry makes no empty one in its place.",
    mendable: false,
  },
  "role-missing": {
    severity: "critical",
    words: "A tenant's role is not on its server.",
    todo: "Make the role again with the mark of its tenant and rotate the tenant's secret, or restore it from a backup.",
    mendable: false,
  },
  "role-foreign": {
    severity: "error",
    words: "A tenant's role was not made for it.",
    todo: "See who made the role, and whether another tenant uses it. Tenantry changes no role without its mark.",
    mendable: false,
  },
  "wrong-owner": {
    severity: "error",
    words: "A tenant's database belongs to another role.",
    todo: "Give it back to the tenant's role.",
    mendable: true,
  },
  "status-open": {
    severity: "critical",
    words: "A locked tenant can still sign in.",
    todo: "Enforce its status again.",
    mendable: true,
  },
  "status-shut": {
    severity: "error",
    words: "A tenant that may sign in is kept out.",
    todo: "Enforce its status again.",
    mendable: true,
  },
  "limits-differ": {
    severity: "warning",
    words: "PostgreSQL holds a tenant's role to other limits than the registry says.",
    todo: "Set its limits again.",
    mendable: true,
  },
  "step-failed": {
    severity: "error",
    words: "A step of making, adopting or deleting a tenant failed.",
    todo: "Read why, mend that, then try the step again.",
    mendable: true,
  },
  "step-stuck": {
    severity: "error",
    words: "Nobody goes on with making, adopting or deleting a tenant.",
    todo: "Queue its steps again, and see whether a worker runs.",
    mendable: true,
  },
  "lease-dead": {
    severity: "warning",
    words: "A bulk run's item is held by a worker that is gone.",
    todo: "Take the item back and queue the run.",
    mendable: true,
  },
  "run-stuck": {
    severity: "error",
    words: "A bulk run should be at work, and nobody is.",
    todo: "Queue the run again, and see whether a worker runs.",
    mendable: true,
  },
  "schema-failed": {
    severity: "error",
    words: "A tenant's newest migration failed.",
    todo: "Read why on the schema page, mend it, then plan the bulk run migrate.",
    mendable: false,
  },
  "schema-drifted": {
    severity: "warning",
    words: "A tenant's schema differs from what its migrations make.",
    todo: "Compare on the schema page; take the change back, or make a migration of it.",
    mendable: false,
  },
  "schema-behind": {
    severity: "warning",
    words: "A tenant lacks migrations.",
    todo: "Plan the bulk run migrate.",
    mendable: false,
  },
  "schema-folder": {
    severity: "error",
    words: "The folder of migrations can't be used.",
    todo: "See what TENANT_MIGRATIONS names.",
    mendable: false,
  },
  "domain-unproven": {
    severity: "warning",
    words: "A domain was claimed days ago and never proven.",
    todo: "Have its TXT record set, vouch for it, or remove it.",
    mendable: false,
  },
  "figures-missing": {
    severity: "warning",
    words: "A tenant has had no figures for ten minutes, though its server is measured.",
    todo: "See whether its database is there, and what the worker's log says of collectors.",
    mendable: false,
  },
  "database-orphan": {
    severity: "warning",
    words: "A database was made for a tenant that is no longer there.",
    todo: "Look what is in it; adopt it, or drop it by hand after a backup.",
    mendable: false,
  },
  "role-orphan": {
    severity: "warning",
    words: "A role was made for a tenant that is no longer there.",
    todo: "See what it owns, then drop it by hand.",
    mendable: false,
  },
} as const satisfies Record<string, RuleFacts>;

export type RuleName = keyof typeof rules;

export const ruleNames = Object.keys(rules) as [RuleName, ...RuleName[]];
