import { deviceOf } from "@/lib/accounts/device";
import { sessionCookie } from "@/lib/accounts/next-auth";
import { actorOfSession } from "@/lib/accounts/sessions";
import type { Ctx } from "@/lib/gate/context";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";

type Caller = {
  header: (name: string) => string | null;
  cookie: (name: string) => string | undefined;
  signal: AbortSignal;
  requestId?: string;
};

/** The context of a request or page: who asks, by the session cookie, from where. */
export async function callerContext({ header, cookie, signal, requestId }: Caller): Promise<Ctx> {
  return {
    actor: await actorOfSession(cookie(sessionCookie()), systemClock()),
    db: controlDb(),
    now: systemClock,
    requestId: requestId ?? newId(systemClock()),
    signal,
    ...deviceOf(header),
    idempotencyKey: idempotencyKey(header("idempotency-key")),
    note: {},
    reply: {},
  };
}

function idempotencyKey(value: string | null): string | null {
  if (value === null || /^[\x21-\x7e]{1,200}$/.test(value)) return value;
  throw new AppError("invalid", "An Idempotency-Key has 1 to 200 visible ASCII characters.");
}
