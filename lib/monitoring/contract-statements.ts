import { z } from "zod";
import { contract } from "@/lib/kernel/contract";

const time = z.iso.datetime();

/** A session that does something in a tenant's database, or that keeps a transaction open there. */
const running = z.object({
  pid: z.int(),
  kind: z.string().describe("client backend, autovacuum worker…"),
  state: z.string().describe("active, idle in transaction…; sessions that are idle are only counted"),
  seconds: z.number().nullable().describe("for how long the statement runs, or the session has been in its state"),
  transactionSeconds: z.number().nullable().describe("for how long its transaction is open"),
  waitsFor: z.string().nullable().describe("the wait event, as PostgreSQL names it; null: it waits for nothing"),
  blockedBy: z.array(z.int()).describe("pids of the sessions that hold the lock it waits for"),
  role: z.string().nullable(),
  application: z.string(),
  client: z.string().nullable().describe("its address"),
  statement: z
    .string()
    .nullable()
    .describe(
      "at most 300 characters; only its first word where the rest may hold a secret, or where only its text with constants is known",
    ),
  constants: z.boolean().describe("whether the statement has its constants: only for who has databases:maintain"),
});

const counted = z.object({
  statement: z
    .string()
    .describe("with $1 for constants; what goes beyond 4,000 characters is left out, with an ellipsis at its end"),
  calls: z.number(),
  totalMs: z.number(),
  meanMs: z.number(),
  rows: z.number(),
  share: z.number().nullable().describe("0 to 1, of the time of all statements in this database"),
});

export const tenantStatementsContract = contract({
  id: "monitoring.statements",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/statements",
  summary: "Show what runs in a tenant's database now, and which of its statements took most time.",
  access: "metrics:read",
  scoped: true,
  input: z.object({
    id: z.uuid(),
    limit: z.coerce.number().int().min(1).max(100).default(20).describe("of each kind, at most"),
  }),
  output: z.object({
    server: z.object({ id: z.uuid(), name: z.string() }),
    database: z.string(),
    answered: z.boolean(),
    error: z.string().nullable().describe("why the server did not answer, within 4 s"),
    running: z.array(running).nullable().describe("the longest first, asked now of pg_stat_activity; null: not known"),
    idle: z.int().nullable().describe("sessions that do nothing"),
    top: z
      .array(counted)
      .nullable()
      .describe("by total time, the most first, from pg_stat_statements; null: not known there"),
    countedSince: time.nullable().describe("when pg_stat_statements began to count; null: not known"),
    missing: z
      .enum(["library", "extension"])
      .nullable()
      .describe("why `top` is not known: the library is not loaded by the server, or the extension was not created"),
    at: time,
  }),
});
