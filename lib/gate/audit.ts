import { type Actor, actorId, actorName, type Ctx } from "./context";

type Entry = { operation: string; outcome: "done" | "refused"; input: unknown; output: unknown };

/** Writes what was done or refused to the audit trail, in the caller's transaction. */
export async function recordAudit(ctx: Ctx, entry: Entry): Promise<void> {
  await ctx.db.auditEvent.create({
    data: {
      operation: entry.operation,
      outcome: entry.outcome,
      ...who(ctx.actor),
      target: idOf(entry.output) ?? idOf(entry.input) ?? null,
      input: JSON.parse(JSON.stringify(entry.input, withoutSecrets)),
      requestId: ctx.requestId,
      ipAddress: ctx.ipAddress,
      createdAt: ctx.now(),
    },
  });
}

function who(actor: Actor): { actorKind: string; actorId: string | null; actor: string } {
  return { actorKind: actor.kind, actorId: actorId(actor), actor: actorName(actor) };
}

function idOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null && "id" in value ? String(value.id) : undefined;
}

const secretField = /password|secret|token|code/i;

function withoutSecrets(key: string, value: unknown): unknown {
  return secretField.test(key) ? undefined : value;
}
