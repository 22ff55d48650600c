import { AppError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { ownKey } from "@/lib/platform/own-key";
import { controlDb, type Db } from "@/lib/platform/prisma";
import { type AuditRow, endMac, linkHash } from "./audit-chain";
import { type Actor, actorId, actorName, type Ctx } from "./context";

export type AuditEntry = {
  operation: string;
  outcome: "done" | "refused";
  /** Why it was refused. */
  reason?: string;
  input?: unknown;
  output?: unknown;
};

/** Writes what was done or refused to the audit trail: in the caller's transaction, or in one of its own. */
export async function recordAudit(ctx: Ctx, entry: AuditEntry): Promise<void> {
  const row = (id: bigint): AuditRow => rowOf(ctx, entry, id);
  if (ctx.db !== controlDb()) await append(ctx.db, row);
  else await controlDb().$transaction((db) => append(db, row), { maxWait: 5000, timeout: 15_000 });
}

function rowOf(ctx: Ctx, entry: AuditEntry, id: bigint): AuditRow {
  const { note } = ctx;
  return {
    id,
    operation: entry.operation,
    outcome: entry.outcome,
    reason: asText(entry.reason),
    ...who(ctx.actor),
    target: asText(note.target ?? idOf(entry.output) ?? idOf(entry.input)),
    input: publicPart(entry.input) ?? {},
    before: publicPart(note.before) ?? null,
    after: publicPart(note.after) ?? null,
    requestId: ctx.requestId,
    ipAddress: ctx.ipAddress,
    userAgent: asText(ctx.userAgent),
    createdAt: ctx.now(),
  };
}

/** Adds a link at the end of the chain, which this transaction holds from here until it commits. */
async function append(db: Db, row: (id: bigint) => AuditRow): Promise<void> {
  const end = await holdEnd(db);
  const key = await ownKey(db, "audit-chain");
  const link = row(end.seq + 1n);
  const hash = linkHash(key, end.hash, link);
  const { input, before, after, ...columns } = link;
  // As text and not through Prisma's own JSON, which changes some values on their way in (a key named __proto__).
  await db.$executeRaw`
    INSERT INTO audit_events (id, operation, actor_kind, actor_id, actor, outcome, reason, target,
                              input, before, after, request_id, ip_address, user_agent, created_at, hash)
    VALUES (${link.id}, ${link.operation}, ${link.actorKind}, ${link.actorId}, ${link.actor}, ${link.outcome},
            ${link.reason}, ${link.target}, ${asJson(input)}::jsonb, ${asJson(before)}::jsonb, ${asJson(after)}::jsonb,
            ${link.requestId}, ${link.ipAddress}, ${link.userAgent}, ${link.createdAt}, ${hash})
    RETURNING set_config('lock_timeout', ${end.patience}, true)`;
  const mac = endMac(key, { seq: link.id, hash, since: end.since });
  await db.auditHead.update({ where: { id: 1 }, data: { seq: link.id, hash, mac } });
  // For whoever gathers logs elsewhere. A transaction that fails after this leaves the line, with no row of that hash.
  log().info({ audit: { ...columns, id: String(link.id), hash } }, "audit");
}

type End = { seq: bigint; hash: string; since: bigint; patience: string };

const patience = { usual: 5000, known: 250 };
let knownBusyUntil = 0;

/**
 * Locks the chain's end, and waits for it for seconds only, by a setting of the same statement: each one more would hold
 * up all who wait. While somebody is known to hold it, hardly at all: who waits has a connection that reads need.
 */
async function holdEnd(db: Db): Promise<End> {
  const known = performance.now() < knownBusyUntil;
  const wait = `${known ? patience.known : patience.usual}ms`;
  try {
    const [end] = await db.$queryRaw<End[]>`
      WITH before AS MATERIALIZED (
        SELECT now.patience, set_config('lock_timeout', ${wait}, true)
          FROM (SELECT current_setting('lock_timeout') AS patience OFFSET 0) AS now)
      SELECT seq, hash, since, patience FROM before, audit_head WHERE id = 1 FOR UPDATE OF audit_head`;
    if (end) return end;
  } catch (cause) {
    if (!/55P03/.test(String(cause))) throw cause;
    if (!known) knownBusyUntil = performance.now() + patience.usual;
    const words =
      "The audit trail is busy, and nothing is done that it can't hold. Nothing was changed; try again soon.";
    throw new AppError("unavailable", words, { cause, retryAfter: 5 });
  }
  throw new Error("The audit trail has lost its end: the table audit_head is empty.");
}

function asJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** A text as PostgreSQL keeps it: what is no character would come back as another, and the row seem changed. */
function asText(text: string | null | undefined): string | null {
  return text?.replace(/[\0\p{Cs}]/gu, "\ufffd") ?? null;
}

function who(actor: Actor): { actorKind: string; actorId: string | null; actor: string } {
  return { actorKind: actor.kind, actorId: actorId(actor), actor: actorName(actor) };
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
  return typeof value.id === "string" && value.id.length <= 100 ? value.id : undefined;
}

const secretField = /password|secret|token|code|credential|response|^passkey$|^current$/i;

/** A value as plain JSON without what looks like a secret. */
function publicPart(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value, (key, member) => (secretField.test(key) ? undefined : member)));
}
