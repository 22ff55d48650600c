import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { numberedPageInput } from "@/lib/kernel/page";
import { tenantStatuses } from "@/lib/tenants/shapes";

const time = z.iso.datetime();

/**
 * Where a tenant's schema stands: at the newest migration by its record (compared only where checkedAt is not null); behind
 * it; its newest migration failed; its structure differs from what its migrations make; or not known (never looked at,
 * adopted, unreachable).
 */
export const schemaStates = ["current", "behind", "failed", "drifted", "unknown"] as const;
export type SchemaState = (typeof schemaStates)[number];

export const migrationView = z
  .object({
    name: z.string(),
    checksum: z.string().describe("SHA-256 of migration.sql, as Prisma records it"),
    reversible: z.boolean().describe("whether it says how it is rolled back (down.sql)"),
    tenants: z.int().describe("tenants whose newest applied migration is this one"),
  })
  .meta({ id: "Migration" });

export const schemaOverviewContract = contract({
  id: "schema.overview",
  method: "GET",
  path: "/api/tenancy/schema",
  summary: "Show the tenants' schema migrations, and how many tenants are at each.",
  access: "schema:read",
  scoped: true,
  input: z.object({}),
  output: z.object({
    folder: z.string(),
    latest: z.string().nullable(),
    migrations: z.array(migrationView),
    elsewhere: z
      .array(z.object({ version: z.string(), tenants: z.int() }))
      .describe('versions that tenants are at and that the folder does not have; "" is before the first'),
    counts: z.record(z.enum(schemaStates), z.int()).describe("a tenant can be in several: drifted and behind"),
    problem: z.string().nullable().describe("why the folder can't be read, such as a migration that was changed"),
  }),
});
export type SchemaOverview = z.infer<(typeof schemaOverviewContract)["output"]>;

export const tenantSchemaView = z
  .object({
    tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string(), status: z.enum(tenantStatuses) }),
    server: z.string(),
    states: z.array(z.enum(schemaStates)),
    version: z.string().nullable(),
    behind: z.int().nullable().describe("migrations that are missing"),
    differences: z.int(),
    error: z.string().nullable(),
    errorAt: time.nullable(),
    checkedAt: time
      .nullable()
      .describe("when its structure was last compared; null: not since its last migration, so drift is not known yet"),
  })
  .meta({ id: "TenantSchema" });
export type TenantSchemaView = z.infer<typeof tenantSchemaView>;

/** What the list of tenants' schemas may be sorted by. */
export const schemaSorts = ["slug", "name", "version", "checkedAt"] as const;

export const listTenantSchemasContract = contract({
  id: "schema.tenants",
  method: "GET",
  path: "/api/tenancy/schema/tenants",
  summary: "List tenants by where their schema stands.",
  access: "schema:read",
  scoped: true,
  list: "tenants",
  input: z.object({
    state: z.array(z.enum(schemaStates)).default([]),
    version: z.string().max(255).optional(),
    search: z.string().trim().max(200).default(""),
    sort: z.enum(schemaSorts).default("slug"),
    order: z.enum(["asc", "desc"]).default("asc"),
    ...numberedPageInput(50),
  }),
  output: z.object({ tenants: z.array(tenantSchemaView), total: z.int(), next: z.string().nullable() }),
});

export const differenceView = z
  .object({
    kind: z.string().describe("table, column, index, constraint, function, trigger, view, type, sequence, policy…"),
    name: z.string(),
    difference: z.enum(["missing", "extra", "changed"]),
    expected: z.string().nullable(),
    found: z.string().nullable(),
  })
  .meta({ id: "SchemaDifference" });
export type Difference = z.infer<typeof differenceView>;

export const showTenantSchemaContract = contract({
  id: "schema.show",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/schema",
  summary: "Show where a tenant's schema stands and how it differs from what its migrations make.",
  access: "schema:read",
  scoped: true,
  input: z.object({ id: z.uuid("This is not a tenant's id.") }),
  output: tenantSchemaView.extend({ list: z.array(differenceView).describe("at most 200") }),
});
