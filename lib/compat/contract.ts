import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { plans } from "@/lib/kernel/naming";

const time = z.iso.datetime();

/** How many domains are taken over of each tenant: as many as one may have here. */
export const mostDomainsTaken = 100;

/** A tenant as another registry had it. What can't be taken over is said of each; nothing refuses the others. */
export const importRow = z.strictObject({
  key: z.string().min(1).max(255).describe("its id in the registry it comes from: by this a later run knows it again"),
  name: z.string().max(1000),
  slug: z.string().max(255).describe("the slug it is to have"),
  database: z.string().max(255).nullable().describe("its database's name; null: not known"),
  driver: z
    .string()
    .max(100)
    .nullable()
    .default(null)
    .describe("what its connection is to, such as mysql; null: not told"),
  status: z.string().max(50).nullable().default(null).describe("in the other registry's word; null: active"),
  plan: z.string().max(100).nullable().default(null).describe("kept where it is one of the plans"),
  domains: z
    .array(z.strictObject({ domain: z.string().max(300), createdAt: time.nullable().default(null) }))
    .max(mostDomainsTaken),
  createdAt: time.nullable().default(null),
  settings: z
    .record(z.string().max(200), z.json())
    .default({})
    .describe("kept with the tenant; nothing here reads them"),
});
export type ImportRow = z.infer<typeof importRow>;

export const leftReasons = [
  "no_database",
  "not_postgresql",
  "not_found",
  "database_taken",
  "duplicate",
  "invalid_name",
  "invalid_slug",
  "slug_taken",
  "unknown_status",
  "setup_failed",
  "unreadable",
] as const;
export type LeftReason = (typeof leftReasons)[number];

export const importOutcomes = ["adopt", "adopted", "already", "left", "later"] as const;

export const importedTenant = z.object({
  key: z.string(),
  name: z.string(),
  database: z.string().nullable(),
  slug: z.string().describe("the slug it has or would get"),
  outcome: z
    .enum(importOutcomes)
    .describe(
      "adopt: it would be, in a dry run; adopted: now; already: by an earlier run; left: see the reason; later: this request had no time for it",
    ),
  reason: z.enum(leftReasons).nullable().describe("why it was left"),
  words: z.string().nullable().describe("the same for people, and what to do"),
  suggestedSlug: z.string().nullable().describe("a slug that is free, where the one it was to have is not"),
  tenant: z.uuid().nullable(),
  domains: z.array(
    z.object({
      hostname: z.string(),
      outcome: z.enum(["add", "added", "there", "left"]),
      words: z.string().nullable(),
    }),
  ),
  status: z.enum(["active", "inactive", "suspended", "blocked"]).nullable().describe("the status it is to have here"),
  again: z.boolean().describe("true: send the row again later, when its set-up has ended, for its status"),
});
export type ImportedTenant = z.infer<typeof importedTenant>;

/** How many rows one request takes. */
export const mostRows = 500;

export const importRegistryContract = contract({
  id: "registry.import",
  method: "POST",
  path: "/api/tenancy/registry/import",
  summary:
    "Adopt the tenants of another registry whose databases are on a server, and say of each of the others why not.",
  access: "tenants:create",
  input: z.object({
    serverId: z.uuid("Choose a server."),
    rows: z.array(importRow).min(1, "Send at least one row.").max(mostRows, `Send at most ${mostRows} rows at a time.`),
    centralDomain: z
      .string()
      .trim()
      .max(253)
      .nullable()
      .default(null)
      .describe("where domains without a dot are below: acme becomes acme.<central domain>"),
    plan: z.enum(plans).default("starter").describe("for tenants whose own is none of the plans"),
    suggested: z.boolean().default(false).describe("adopt with the suggested slug where the wanted one can't be had"),
    dryRun: z.boolean().default(false).describe("true: nothing is changed, and the answer is the plan"),
  }),
  output: z.object({ tenants: z.array(importedTenant), dryRun: z.boolean() }),
});
