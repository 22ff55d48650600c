/** The document's sections, in its order: name and what it is about. */
export const tags = {
  Tenants: "Customers, each with a database and a login role of its own: made, found, changed, moved, removed.",
  Domains: "The hostnames under which a tenant is reached, and the proof that they are the tenant's.",
  Activities: "What happened to and in tenants: the timeline.",
  Maintenance: "Times in which a tenant's app tells visitors that it is being worked on.",
  Support: "Access of your own people to one tenant's app, for a while and for a reason.",
  "Bulk runs": "One action over many tenants: planned, confirmed, run in waves, paused, retried, undone.",
  Servers: "The PostgreSQL servers that hold the tenants' databases.",
  Schema: "Which migrations each tenant's database has, and where its structure drifted from them.",
  Isolation: "Proof that no tenant's role reaches another tenant's data.",
  Monitoring: "What is measured now: figures of the fleet, its servers and each tenant, and the live stream.",
  Analytics: "What was measured over time: comparisons, growth, forecasts, what stands out.",
  Reports: "Tables and documents as files, made at once or regularly, kept for download or mailed.",
  Runtime: "The processes and connection pools of the tenants' apps.",
  Metrics: "Figures that tenants' apps send by OpenTelemetry's protocol.",
  Fleet: "Finding and mending what is not as the registry says.",
  Filters: "Filters of the tenants' list, kept by name.",
  Users: "The people who use the console: invitations, roles, recovery.",
  Account: "One's own account: password, second factor, passkeys, sessions. For people; API keys have none of it.",
  "Sign-in": "What a person needs before being signed in: set-up, invitations, enrolment, links.",
  "API keys": "The keys by which programs come in.",
  "IP rules": "From which addresses the console and the API may be reached.",
  Audit: "Who did or tried what: a chain of links that shows every later change.",
  System: "Tenantry itself: what it is, how it is, what it remembers.",
  Health: "Whether the processes run and can do their work.",
  Compatibility: "Addresses and envelopes of other products' APIs, so that their clients can move over.",
} as const;

export type Tag = keyof typeof tags;

/** The section of each noun, which is an operation id's first word. */
const byNoun: Record<string, Tag> = {
  ...{ tenants: "Tenants", domains: "Domains", activities: "Activities", maintenance: "Maintenance" },
  ...{ support: "Support", bulk: "Bulk runs", actions: "Bulk runs", servers: "Servers", schema: "Schema" },
  ...{ isolation: "Isolation", metrics: "Monitoring", monitoring: "Monitoring", live: "Monitoring" },
  ...{ analytics: "Analytics", history: "Analytics", reports: "Reports", runtime: "Runtime", ingest: "Metrics" },
  ...{ reportSchedules: "Reports", mail: "Reports", lake: "Reports" },
  ...{ fleet: "Fleet", filters: "Filters", users: "Users", invitations: "Users", roles: "Users" },
  ...{ account: "Account", sessions: "Account", session: "Account", authenticator: "Account", passkeys: "Account" },
  ...{ stepUp: "Account", setUp: "Sign-in", enrolment: "Sign-in", join: "Sign-in", newPassword: "Sign-in" },
  ...{ keys: "API keys", ipRules: "IP rules", audit: "Audit", system: "System", caches: "System", openapi: "System" },
  ...{ problems: "System", demo: "System" },
  ...{ health: "Health", compat: "Compatibility", registry: "Compatibility", caller: "API keys", uploads: "Bulk runs" },
};

/** The section an operation belongs to, by its id. A noun that has none needs a line here. */
export function tagOf(id: string): Tag {
  const noun = id.split(".")[0] ?? "";
  const tag = byNoun[noun];
  if (!tag) throw new Error(`"${noun}" has no section in the API's document: add it in lib/http/openapi-tags.ts.`);
  return tag;
}
