import { z } from "zod";
import { contract } from "@/lib/kernel/contract";

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
  target: z.string().trim().max(100).default("").describe("the id of what it was done to"),
  from: time.optional(),
  to: time.optional(),
});

export const listAuditContract = contract({
  id: "audit.list",
  method: "GET",
  path: "/api/tenancy/audit",
  summary: "List the audit trail, newest first.",
  access: "audit:read",
  input: auditFilter.extend({
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional()
      .describe("the id of the last row of the page before"),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    events: z.array(auditRow.extend({ targetName: z.string().nullable().describe("what the target is called today") })),
    next: z.string().nullable(),
  }),
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

/** A download: JSON lines, the last of which is an Ed25519 signature over all before, or CSV. */
export const exportAuditContract = contract({
  id: "audit.export",
  method: "GET",
  path: "/api/tenancy/audit/export",
  summary: "Download the audit trail: signed JSON lines, or CSV.",
  access: "audit:read",
  answers: ["application/jsonl", "text/csv"],
  input: auditFilter.extend({ format: z.enum(["jsonl", "csv"]).default("jsonl") }),
  output: z.string(),
});
