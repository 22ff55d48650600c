import { turns } from "@/lib/kernel/turns";
import { controlDb } from "@/lib/platform/prisma";
import { quickDb, type Reading } from "@/lib/platform/quick-db";
import { within } from "@/lib/platform/within";
import type { Ctx } from "./context";

/** Questions over many tenants that are read at once: the rest of the pool's connections are for everything else. */
const ofMany = turns(3);
/** The same of the quick connections, which every request needs to find out who asks. */
const ofFew = turns(3);
/** Milliseconds. On a connection that was cut in silence even the transaction's end is never answered: then its turn goes on. */
const usual = { maxWait: 10_000, timeout: 60_000, longest: 75_000 };

/** Where it is read, how long anybody waits for what, and when nobody wants it any more: then it does not begin. */
type Reach = typeof usual & { control: ReturnType<typeof controlDb>; signal: AbortSignal };

/**
 * Reads what is about many tenants: on one connection, a few at once, the others in turn. Statements over this many rows
 * take their sums in memory, and none is so long that compiling it would pay.
 */
export function readMany<T>(ctx: Ctx, read: (ctx: Ctx) => Promise<T>, reach: Partial<Reach> = {}): Promise<T> {
  const { signal, ...how } = reach;
  return ofMany(() => {
    const { control, longest, ...patience } = { ...usual, control: controlDb(), ...how };
    const reading = control.$transaction(async (db) => {
      await db.$queryRaw`SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`;
      return await read({ ...ctx, db });
    }, patience);
    return within(longest, reading);
  }, signal);
}

/** Reads what is about a few tenants, in prepared statements: one after the other, so that it takes one connection. */
export function readFew<T>(read: (db: Reading) => Promise<T>): Promise<T> {
  return ofFew(() => read(quickDb()));
}
