import { z } from "zod";
import { metricNames, sourceNames } from "@/lib/kernel/metrics";

/** Every state in which a tenant may be. */
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

/** A newest value, with how it was measured. */
export const measure = z
  .object({
    value: z.number(),
    source: z.enum(sourceNames),
  })
  .meta({ id: "Measure" });
export type Measure = z.infer<typeof measure>;

/** The newest values of a tenant. A metric that is missing is unknown. */
export const usage = z.partialRecord(z.enum(metricNames), measure).meta({ id: "Usage" });
export type Usage = z.infer<typeof usage>;

/** A hostname of a tenant. */
export const domainView = z
  .object({
    hostname: z.string(),
    primary: z.boolean(),
    verified: z.boolean(),
  })
  .meta({ id: "TenantDomain" });

const limit = (most: number) => z.int().min(1).max(most).nullable();

/** What PostgreSQL itself holds a tenant's role to, and the storage that is only watched; null: nothing of its own. */
export const tenantLimits = z
  .object({
    connections: limit(10_000).describe("open at the same time; only an administrator can change it"),
    statementTimeoutSeconds: limit(86_400).describe("what new sessions begin with; a session may change it for itself"),
    idleInTransactionSeconds: limit(86_400).describe(
      "what new sessions begin with; a session may change it for itself",
    ),
    workMemMb: limit(1_048_576).describe("what new sessions begin with; a session may change it for itself"),
    storageMb: limit(1_073_741_824).describe(
      "MiB on disk; watched and forecast, but PostgreSQL does not hold it to that",
    ),
  })
  .meta({ id: "TenantLimits" });
export type TenantLimits = z.infer<typeof tenantLimits>;

/** What a tenant's owner of the platform chose for it. */
export const tenantSettings = z.object({ limits: tenantLimits }).meta({ id: "TenantSettings" });

/** One metric's newest value of a tenant. */
export const metricUse = z
  .object({
    metric: z.enum(metricNames),
    label: z.string(),
    unit: z.string(),
    value: z.number().nullable().describe("null: it is not known"),
    source: z.enum(sourceNames).nullable().describe("how it was measured"),
    recordedAt: time
      .nullable()
      .describe("when it was last written down, which is when it changes and now and then besides; null: not lately"),
    limit: z.number().nullable().describe("in the metric's unit; null: there is none"),
  })
  .meta({ id: "MetricUse" });

export const tenantUsage = z
  .object({
    tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
    measuredAt: time.nullable().describe("when the tenant's server was last measured; older than 10 s is stale"),
    changedAt: time.nullable().describe("when a value last changed"),
    metrics: z.array(metricUse),
  })
  .meta({ id: "TenantUsage" });

/** A tenant as lists and pages show it. */
export const tenantView = z
  .object({
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
  })
  .meta({ id: "Tenant" });
export type TenantView = z.infer<typeof tenantView>;

/** A step by which a tenant is made or removed. */
export const stepView = z
  .object({
    saga: z.enum(["provision", "adopt", "remove"]),
    position: z.int(),
    name: z.string(),
    label: z.string(),
    status: z.enum(["pending", "running", "done", "failed"]),
    attempts: z.int(),
    error: z.string().nullable(),
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
  })
  .meta({ id: "Step" });
export type StepView = z.infer<typeof stepView>;

/** Something that happened to a tenant. */
export const activityView = z
  .object({
    id: z.string(),
    tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
    type: z.string(),
    description: z.string(),
    actor: z.string(),
    ipAddress: z.string().nullable(),
    at: time,
  })
  .meta({ id: "Activity" });
export type ActivityView = z.infer<typeof activityView>;

/** Activities that tell of tenants' own users: one signed in, or could not. */
export const signInTypes = ["signed_in", "sign_in_failed"] as const;

/** Activities that tell that something did not work. */
export const failedTypes = ["step_failed", "action_failed", "sign_in_failed", "domain_lost"] as const;

/** What a list of tenants may be sorted by. */
export const tenantSorts = ["name", "slug", "status", "plan", "createdAt", ...metricNames] as const;
export type TenantSort = (typeof tenantSorts)[number];

/** How many plans, regions or tags a filter may name. */
const mostNamed = 200;
const tooMany = `Name at most ${mostNamed}.`;

/** What narrows a list of tenants. */
export const tenantFilter = {
  search: z.string().trim().max(200).default(""),
  status: z.array(z.enum(tenantStatuses)).default([]),
  plan: z.array(z.string().max(40)).max(mostNamed, tooMany).default([]),
  region: z.array(z.string().max(60)).max(mostNamed, tooMany).default([]),
  tag: z.array(z.string().max(60)).max(mostNamed, tooMany).default([]).describe("tenants that have any of these tags"),
  server: z.uuid().optional(),
  schema: z.string().max(255).optional().describe("tenants whose newest applied migration is this one"),
};
