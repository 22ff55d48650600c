import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { metricNames, sourceNames } from "@/lib/kernel/metrics";
import { displayName, hostname, plans, slug } from "@/lib/kernel/naming";
import { tagsShape } from "@/lib/kernel/scope";

export const tenantStatuses = [
  "provisioning",
  "active",
  "inactive",
  "suspended",
  "blocked",
  "failed",
  "deleted",
  "deleting",
] as const;
export type TenantStatus = (typeof tenantStatuses)[number];

/** The statuses that a person may choose; the others belong to the sagas. */
export const settableStatuses = ["active", "inactive", "suspended", "blocked"] as const;
export type SettableStatus = (typeof settableStatuses)[number];

/** Which status a person may choose from which: the one table. The sagas set the others. */
export const nextStatuses: Record<TenantStatus, readonly SettableStatus[]> = {
  active: ["inactive", "suspended", "blocked"],
  inactive: ["active", "suspended", "blocked"],
  suspended: ["active", "inactive", "blocked"],
  blocked: ["active", "inactive", "suspended"],
  provisioning: [],
  failed: [],
  deleted: [],
  deleting: [],
};

const time = z.iso.datetime();

export const measure = z.object({
  value: z.number(),
  source: z.enum(sourceNames),
});
export type Measure = z.infer<typeof measure>;

/** The newest values of a tenant. A metric that is missing is unknown. */
export const usage = z.partialRecord(z.enum(metricNames), measure);
export type Usage = z.infer<typeof usage>;

export const domainView = z.object({
  hostname: z.string(),
  primary: z.boolean(),
  verified: z.boolean(),
});

const limit = (most: number) => z.int().min(1).max(most).nullable();

/** What PostgreSQL itself holds a tenant's role to, and the storage that is only watched; null: nothing of its own. */
export const tenantLimits = z.object({
  connections: limit(10_000).describe("open at the same time; only an administrator can change it"),
  statementTimeoutSeconds: limit(86_400).describe("what new sessions begin with; a session may change it for itself"),
  idleInTransactionSeconds: limit(86_400).describe("what new sessions begin with; a session may change it for itself"),
  workMemMb: limit(1_048_576).describe("what new sessions begin with; a session may change it for itself"),
  storageMb: limit(1_073_741_824).describe(
    "MiB on disk; watched and forecast, but PostgreSQL does not hold it to that",
  ),
});
export type TenantLimits = z.infer<typeof tenantLimits>;

export const tenantView = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(tenantStatuses),
  statusReason: z.string().nullable(),
  plan: z.string(),
  region: z.string(),
  tags: z.array(z.string()),
  server: z.object({ id: z.uuid(), name: z.string() }),
  database: z.string(),
  role: z.string(),
  adopted: z.boolean(),
  domains: z.array(domainView),
  maintenance: z
    .object({ message: z.string(), startedAt: time, until: time.nullable() })
    .nullable()
    .describe("while its app tells visitors that it is being worked on"),
  limits: tenantLimits,
  version: z.int(),
  createdAt: time,
  updatedAt: time,
  statusBefore: z.enum(tenantStatuses).nullable().describe("what a restore brings back, while it is deleted"),
  purgeAfter: time.nullable().describe("when a deleted tenant's database goes; until then it can be restored"),
  schema: z
    .object({
      version: z.string().describe('the newest applied migration; "" when none is'),
      drifted: z.boolean().nullable().describe("whether the structure differs from its migrations; null: not known"),
      error: z.string().nullable().describe("why the newest migration failed"),
    })
    .nullable()
    .describe("null where it is not known, such as in adopted databases"),
  usage,
  usageChangedAt: time.nullable().describe("when a value last changed"),
  measuredAt: time.nullable().describe("when the tenant's server was last measured; older than 10 s is stale"),
});
export type TenantView = z.infer<typeof tenantView>;

export const stepView = z.object({
  saga: z.enum(["provision", "adopt", "remove"]),
  position: z.int(),
  name: z.string(),
  label: z.string(),
  status: z.enum(["pending", "running", "done", "failed"]),
  attempts: z.int(),
  error: z.string().nullable(),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
});
export type StepView = z.infer<typeof stepView>;

export const activityView = z.object({
  id: z.string(),
  tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  type: z.string(),
  description: z.string(),
  actor: z.string(),
  ipAddress: z.string().nullable(),
  at: time,
});
export type ActivityView = z.infer<typeof activityView>;

/** Activities that tell of tenants' own users: one signed in, or could not. */
export const signInTypes = ["signed_in", "sign_in_failed"] as const;

/** Activities that tell that something did not work. */
export const failedTypes = ["step_failed", "action_failed", "sign_in_failed", "domain_lost"] as const;

export const tenantSorts = ["name", "slug", "status", "plan", "createdAt", ...metricNames] as const;
export type TenantSort = (typeof tenantSorts)[number];

const id = z.object({ id: z.uuid("This is not a tenant's id.") });
const plan = z.enum(plans, "Choose one of the plans.");
const region = z.string().trim().min(1, "Name the region.").max(40, "Use at most 40 characters.");

export const tenantFilter = {
  search: z.string().trim().max(200).default(""),
  status: z.array(z.enum(tenantStatuses)).default([]),
  plan: z.array(z.string().max(40)).default([]),
  region: z.array(z.string().max(60)).default([]),
  tag: z.array(z.string().max(60)).default([]).describe("tenants that have any of these tags"),
  server: z.uuid().optional(),
  schema: z.string().max(255).optional().describe("tenants whose newest applied migration is this one"),
};

export const listTenantsContract = contract({
  id: "tenants.list",
  method: "GET",
  path: "/api/tenancy/tenants",
  summary: "List tenants with their newest figures, searched, filtered and sorted.",
  access: "tenants:read",
  scoped: true,
  input: z.object({
    ...tenantFilter,
    sort: z.enum(tenantSorts).default("name"),
    order: z.enum(["asc", "desc"]).default("asc"),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    tenants: z.array(tenantView),
    total: z.int(),
    counts: z
      .record(z.enum(tenantStatuses), z.int())
      .describe("all tenants within reach by status, whatever the filter"),
  }),
});

const facet = z.array(z.object({ value: z.string(), tenants: z.int() }));

export const tenantFacetsContract = contract({
  id: "tenants.facets",
  method: "GET",
  path: "/api/tenancy/tenants/facets",
  summary: "List the regions, plans and tags there are, with how many tenants within reach have each.",
  access: "tenants:read",
  scoped: true,
  input: z.object({}),
  output: z.object({ regions: facet, plans: facet, tags: facet }),
});

/** A download of the list, every page of it, with the list's own filters. */
export const exportTenantsContract = contract({
  id: "tenants.export",
  method: "GET",
  path: "/api/tenancy/tenants/export",
  summary: "Download the tenants with their newest figures as CSV, filtered as the list is.",
  access: "reports:read",
  scoped: true,
  answers: ["text/csv"],
  input: z.object({ ...tenantFilter }),
  output: z.string(),
});

export const showTenantContract = contract({
  id: "tenants.show",
  method: "GET",
  path: "/api/tenancy/tenants/{id}",
  summary: "Show a tenant with its domains and newest figures.",
  access: "tenants:read",
  scoped: true,
  input: id,
  output: tenantView,
});

export const createTenantContract = contract({
  id: "tenants.create",
  method: "POST",
  path: "/api/tenancy/tenants",
  summary: "Create a tenant: its registry entry now, its database and role by resumable steps.",
  access: "tenants:create",
  scoped: true,
  status: 202,
  input: z.object({
    name: displayName,
    slug,
    domain: z.union([z.literal("").transform(() => undefined), hostname]).optional(),
    plan: plan.default("starter"),
    serverId: z.uuid("Choose a server."),
    region: region.optional().describe("the server's region unless told"),
    tags: tagsShape.default([]),
  }),
  output: tenantView,
});

export const adoptTenantContract = contract({
  id: "tenants.adopt",
  method: "POST",
  path: "/api/tenancy/tenants/adopt",
  summary: "Adopt an existing database as a tenant: nothing in it is changed, a role of its own is made.",
  access: "tenants:create",
  status: 202,
  input: z.object({
    name: displayName,
    slug,
    domain: z.union([z.literal("").transform(() => undefined), hostname]).optional(),
    plan: plan.default("starter"),
    serverId: z.uuid("Choose a server."),
    database: z.string().min(1, "Choose a database.").max(63, "A database name has at most 63 bytes."),
  }),
  output: tenantView,
});

export const editTenantContract = contract({
  id: "tenants.edit",
  method: "PATCH",
  path: "/api/tenancy/tenants/{id}",
  summary: "Change a tenant's name, plan, region or tags; refused when somebody changed it since `version`.",
  access: "tenants:update",
  scoped: true,
  input: id.extend({
    version: z.int(),
    name: displayName.optional(),
    plan: plan.optional(),
    region: region.optional(),
    tags: tagsShape.optional(),
  }),
  output: tenantView,
});

export const setTenantStatusContract = contract({
  id: "tenants.setStatus",
  method: "PUT",
  path: "/api/tenancy/tenants/{id}/status",
  summary: "Activate, deactivate, suspend or block a tenant; PostgreSQL itself enforces it before this answers.",
  access: "tenants:status",
  scoped: true,
  input: id.extend({
    status: z.enum(settableStatuses),
    reason: z.string().trim().max(500, "Use at most 500 characters.").default(""),
  }),
  output: tenantView,
});

export const removeTenantContract = contract({
  id: "tenants.remove",
  method: "DELETE",
  path: "/api/tenancy/tenants/{id}",
  summary:
    "Delete a tenant: it is shut out now and can be restored until its time of grace is over, or is purged at once.",
  access: "tenants:delete",
  scoped: true,
  stepUp: "people",
  status: 202,
  input: id.extend({
    confirm: z.string().describe("the tenant's slug, typed by the person"),
    purge: z
      .union([z.boolean(), z.stringbool()], "Say true or false.")
      .default(false)
      .describe("drop its database and role now, with no way back (an adopted database stays); needs tenants:purge"),
  }),
  output: tenantView,
});

export const restoreTenantContract = contract({
  id: "tenants.restore",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/restore",
  summary: "Restore a deleted tenant within its time of grace, with the status it had.",
  access: "tenants:delete",
  scoped: true,
  input: id,
  output: tenantView,
});

export const resumeTenantContract = contract({
  id: "tenants.resume",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/resume",
  summary: "Try the failed or waiting step of a tenant again, now.",
  access: "tenants:create",
  scoped: true,
  status: 202,
  input: id,
  output: z.object({ steps: z.array(stepView) }),
});

export const listTenantStepsContract = contract({
  id: "tenants.steps",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/steps",
  summary: "List the steps by which a tenant is being made or removed.",
  access: "tenants:read",
  scoped: true,
  input: id,
  output: z.object({ steps: z.array(stepView) }),
});

export const listActivitiesContract = contract({
  id: "activities.list",
  method: "GET",
  path: "/api/tenancy/activities",
  summary: "List what happened to tenants, newest first.",
  access: "activities:read",
  scoped: true,
  input: z.object({
    tenant: z.uuid().optional(),
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional()
      .describe("the id of the last activity of the page before"),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  output: z.object({ activities: z.array(activityView), next: z.string().nullable() }),
});
