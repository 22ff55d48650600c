import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { chosenColumns } from "@/lib/kernel/csv";
import { pageInput } from "@/lib/kernel/page";

const time = z.iso.datetime();

export const auditRow = z.object({
  id: z.string(),
  operation: z.string(),
  actorKind: z.enum(["user", "key", "system", "nobody"]),
  actorId: z.string().nullable(),
  actor: z.string(),
  outcome: z.enum(["done", "refused"]),
  reason: z.string().nullable(),
  target: z.string().nullable(),
  input: z.unknown(),
  before: z.unknown(),
  after: z.unknown(),
  requestId: z.string(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: time,
  hash: z.string().nullable().describe("null in rows older than the chain"),
});
export type AuditRowView = z.infer<typeof auditRow>;

/** What narrows the trail: the list and the export take the same. */
export const auditFilter = z.object({
  actor: z.string().trim().max(200).default("").describe("part of an actor's name or e-mail"),
  operation: z.string().trim().max(100).default("").describe("an operation's id, or the noun before its dot"),
  outcome: z.enum(["done", "refused"]).optional(),
  actorKind: z.enum(["user", "key", "system", "nobody"]).optional(),
  actorId: z.string().trim().max(100).default("").describe("the id of the user or key who did it"),
  requestId: z.string().trim().max(100).default("").describe("what was done by one request"),
  ipAddress: z.string().trim().max(60).default("").describe("the address from which it was asked for"),
  target: z.string().trim().max(100).default("").describe("the id of what it was done to"),
  from: time.optional(),
  to: time.optional(),
});

const listedEvent = auditRow.extend({ targetName: z.string().nullable().describe("what the target is called today") });

export const listAuditContract = contract({
  id: "audit.list",
  method: "GET",
  path: "/api/tenancy/audit",
  summary: "List the audit trail, newest first.",
  access: "audit:read",
  list: "events",
  input: auditFilter.extend({
    order: z.enum(["desc", "asc"]).default("desc").describe("desc: newest first"),
    ...pageInput(50),
  }),
  output: z.object({
    events: z.array(listedEvent),
    next: z.string().nullable(),
  }),
});

export const showAuditEventContract = contract({
  id: "audit.show",
  method: "GET",
  path: "/api/tenancy/audit/{id}",
  summary: "Show one event of the audit trail.",
  access: "audit:read",
  state: ({ targetName: _, ...event }) => event,
  input: z.object({ id: z.string().regex(/^\d{1,18}$/, "This is not an event's id.") }),
  output: listedEvent,
});

/** A row as the list shows it. */
export type ListedEvent = z.infer<typeof listAuditContract.output>["events"][number];

export const verifyAuditContract = contract({
  id: "audit.verify",
  method: "GET",
  path: "/api/tenancy/audit/verify",
  summary: "Check every link of the audit trail, and that it holds an end that was noted before.",
  access: "audit:read",
  input: z.object({
    noted: z
      .string()
      .trim()
      .regex(/^\d{1,18}:[0-9a-f]{64}$/, "An end is noted as id:hash.")
      .optional()
      .describe("an end that an earlier check told, as id:hash: finds a trail that was set back"),
  }),
  output: z.object({
    intact: z.boolean(),
    checked: z.int().describe("links checked"),
    older: z.int().describe("rows from before the chain, which nothing proves"),
    end: z.string().nullable().describe("where the trail ends, as id:hash: note it somewhere else"),
    firstBad: z.object({ id: z.string(), problem: z.string() }).nullable(),
    milliseconds: z.number(),
  }),
});
export type AuditCheck = z.infer<typeof verifyAuditContract.output>;

export const auditSignerContract = contract({
  id: "audit.signer",
  method: "GET",
  path: "/api/tenancy/audit/signer",
  summary: "The public key by which exports of the audit trail are verified without the database.",
  access: "audit:read",
  input: z.object({}),
  output: z.object({ publicKey: z.string().describe("Ed25519, SPKI in PEM"), fingerprint: z.string() }),
});

/** The columns of the trail as CSV. */
export const auditColumns = [
  "id",
  "createdAt",
  "outcome",
  "operation",
  "actorKind",
  "actorId",
  "actor",
  "target",
  "reason",
  "input",
  "before",
  "after",
  "requestId",
  "ipAddress",
  "userAgent",
  "hash",
] as const satisfies (keyof AuditRowView)[];

/** A download: JSON lines, the last of which is an Ed25519 signature over all before, or CSV. */
export const exportAuditContract = contract({
  id: "audit.export",
  method: "GET",
  path: "/api/tenancy/audit/export",
  summary: "Download the audit trail: signed JSON lines, or CSV.",
  access: "audit:read",
  answers: ["application/jsonl", "text/csv"],
  input: auditFilter.extend({
    format: z.enum(["jsonl", "csv"]).default("jsonl"),
    columns: chosenColumns(auditColumns).describe("of CSV: the columns, in this order; none: all"),
  }),
  output: z.string(),
});
