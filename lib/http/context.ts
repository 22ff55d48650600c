import { deviceOf } from "@/lib/accounts/device";
import { sessionCookie } from "@/lib/accounts/next-auth";
import { actorOfSession } from "@/lib/accounts/sessions";
import type { Actor, Ctx, Reply } from "@/lib/gate/context";
import { recordRefusal } from "@/lib/gate/refusals";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { actorOfKey, presentedKey, readDoor } from "@/lib/keys/authenticate";
import { countRequest, type Limit, limitHeaders, limitOf, overLimit } from "@/lib/keys/rate-limit";
import { checkAddress, requireAdmitted } from "@/lib/keys/rules";
import { controlDb } from "@/lib/platform/prisma";
import { quickDb } from "@/lib/platform/quick-db";

export type Caller = {
  header: (name: string) => string | null;
  cookie: (name: string) => string | undefined;
  signal: AbortSignal;
  requestId?: string;
  /** Filled with what the door has to answer beside the output, also when this throws. */
  reply?: Reply;
  /** False for pages, which know sessions only. */
  keys?: boolean;
};

/** What a refusal at the door is called in the audit trail. */
const atTheDoor = "request.authenticate";

/**
 * The context of a request or page: from where, by IP rules; who asks, by API key or session cookie; and how often, by
 * rate limits. What is refused here is in the audit trail.
 */
export async function callerContext(caller: Caller): Promise<Ctx> {
  const ctx: Ctx = {
    actor: { kind: "nobody" },
    db: controlDb(),
    now: systemClock,
    requestId: caller.requestId ?? newId(systemClock()),
    signal: caller.signal,
    ...deviceOf(caller.header),
    idempotencyKey: null,
    note: {},
    reply: caller.reply ?? {},
  };
  try {
    const actor = await authenticate(caller, ctx);
    return { ...ctx, actor, idempotencyKey: idempotencyKey(caller.header("idempotency-key")) };
  } catch (error) {
    await recordRefusal(ctx, atTheDoor, {}, error);
    throw error;
  }
}

async function authenticate({ header, cookie, keys = true }: Caller, ctx: Ctx): Promise<Actor> {
  const key = keys ? presentedKey(header) : undefined;
  const actor = await (key === undefined ? visitor(cookie(sessionCookie()), ctx) : holderOf(key, ctx));
  const limit = limitOf(actor, ctx.ipAddress);
  if (limit) await countAgainst(ctx, limit);
  return actor;
}

async function visitor(session: string | undefined, ctx: Ctx): Promise<Actor> {
  await checkAddress(quickDb(), "console", ctx.ipAddress);
  return await actorOfSession(session, ctx.now());
}

/** A key that is refused counts against the address it came from: guessing is slow. */
async function holderOf(key: string, ctx: Ctx): Promise<Actor> {
  const door = await readDoor(key);
  requireAdmitted(door.rules, "api", ctx.ipAddress);
  try {
    return await actorOfKey(key, door, ctx.ipAddress, ctx.now());
  } catch (error) {
    const limit = limitOf({ kind: "nobody" }, ctx.ipAddress);
    if (error instanceof AppError && limit) await countAgainst(ctx, limit);
    throw error;
  }
}

/** Counts the request, tells where its caller stands in the answer's headers, and throws `limit` beyond the limit. */
export async function countAgainst({ reply }: Pick<Ctx, "reply">, ...limits: Limit[]): Promise<void> {
  const standings = (await Promise.all(limits.map(countRequest))).filter((one) => one !== null);
  const more = limitHeaders(standings);
  reply.headers ??= {};
  for (const [name, value] of Object.entries(more)) {
    const before = reply.headers[name];
    reply.headers[name] = before ? `${before}, ${value}` : value;
  }
  const over = standings.map(overLimit).find((error) => error !== undefined);
  if (over) throw over;
}

function idempotencyKey(value: string | null): string | null {
  if (value === null || /^[\x21-\x7e]{1,200}$/.test(value)) return value;
  throw new AppError("invalid", "An Idempotency-Key has 1 to 200 visible ASCII characters.");
}
