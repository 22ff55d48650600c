import { log } from "@/lib/platform/log";
import { controlDb, type Db, Prisma } from "@/lib/platform/prisma";
import { type AuditRow, endMac, linkHash } from "./audit-chain";
import { auditKey } from "./audit-key";
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
    reason: entry.reason ?? null,
    ...who(ctx.actor),
    target: note.target ?? idOf(entry.output) ?? idOf(entry.input) ?? null,
    input: publicPart(entry.input) ?? {},
    before: publicPart(note.before) ?? null,
    after: publicPart(note.after) ?? null,
    requestId: ctx.requestId,
    ipAddress: ctx.ipAddress,
    userAgent: ctx.userAgent,
    createdAt: ctx.now(),
  };
}

/** Adds a link at the end of the chain, which this transaction holds from here until it commits. */
async function append(db: Db, row: (id: bigint) => AuditRow): Promise<void> {
  const [end] = await db.$queryRaw<{ seq: bigint; hash: string; since: bigint }[]>`
    SELECT seq, hash, since FROM audit_head WHERE id = 1 FOR UPDATE`;
  if (!end) throw new Error("The audit trail has lost its end: the table audit_head is empty.");
  const key = await auditKey(db);
  const link = row(end.seq + 1n);
  const hash = linkHash(key, end.hash, link);
  const { input, before, after, ...columns } = link;
  const json = { input: input as Prisma.InputJsonValue, before: asJson(before), after: asJson(after) };
  await db.auditEvent.create({ data: { ...columns, ...json, hash } });
  const mac = endMac(key, { seq: link.id, hash, since: end.since });
  await db.auditHead.update({ where: { id: 1 }, data: { seq: link.id, hash, mac } });
  // For whoever gathers logs elsewhere. A transaction that fails after this leaves the line, with no row of that hash.
  log().info({ audit: { ...columns, id: String(link.id), hash } }, "audit");
}

function asJson(value: unknown) {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
}

function who(actor: Actor): { actorKind: string; actorId: string | null; actor: string } {
  return { actorKind: actor.kind, actorId: actorId(actor), actor: actorName(actor) };
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
  return typeof value.id === "string" && value.id.length <= 100 ? value.id : undefined;
}

const secretField = /password|secret|token|code|credential|response|passkey|^current$/i;

/** A value as plain JSON without what looks like a secret. */
function publicPart(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value, (key, member) => (secretField.test(key) ? undefined : member)));
}
