import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";

/** Failures after which a key has to wait, and for how long they are remembered. An account is never locked for good. */
const limits = { account: 10, address: 60 } as const;
const windowMs = 15 * 60_000;

export type ThrottleKey = { kind: keyof typeof limits; value: string };

const stored = ({ kind, value }: ThrottleKey) => `${kind}:${value}`;

/** Throws `limit` while one of the keys has failed too often. */
export async function checkThrottle(keys: ThrottleKey[], now: Date): Promise<void> {
  const rows = await controlDb().signInThrottle.findMany({ where: { key: { in: keys.map(stored) } } });
  for (const key of keys) {
    const row = rows.find((one) => one.key === stored(key));
    if (!row || row.failures < limits[key.kind]) continue;
    const wait = row.windowStart.getTime() + windowMs - now.getTime();
    if (wait <= 0) continue;
    const retryAfter = Math.ceil(wait / 1000);
    throw new AppError("limit", "Too many failed sign-ins. Wait a few minutes.", {
      retryAfter,
      reason: "too_many_attempts",
    });
  }
}

/** Counts a failure for each key; one statement, so that no process's count is lost. */
export async function countFailure(keys: ThrottleKey[], now: Date): Promise<void> {
  const start = new Date(now.getTime() - windowMs);
  for (const key of keys) {
    await controlDb().$executeRaw`
      INSERT INTO sign_in_throttles AS t (key, failures, window_start) VALUES (${stored(key)}, 1, ${now})
      ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN t.window_start < ${start} THEN 1 ELSE t.failures + 1 END,
        window_start = CASE WHEN t.window_start < ${start} THEN ${now} ELSE t.window_start END`;
  }
}

/** Forgets the failures of an account that signed in. */
export async function clearFailures(key: ThrottleKey): Promise<void> {
  await controlDb().signInThrottle.deleteMany({ where: { key: stored(key) } });
}
