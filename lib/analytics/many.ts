import type { Ctx } from "@/lib/gate/context";
import { controlDb } from "@/lib/platform/prisma";

/** Questions over many tenants that are read at once: the rest of the pool's connections are for everything else. */
const atOnce = 3;
/** Milliseconds. */
const patience = { maxWait: 10_000, timeout: 60_000 };

const waiting: (() => void)[] = [];
let reading = 0;

/**
 * Reads what is about many tenants: on one connection, a few at once, the others in turn. Statements over this many rows
 * take their sums in memory, and none is so long that compiling it would pay.
 */
export async function readMany<T>(ctx: Ctx, read: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (reading < atOnce) reading++;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await controlDb().$transaction(async (db) => {
      await db.$queryRaw`SELECT set_config('jit', 'off', true), set_config('work_mem', '64MB', true)`;
      return await read({ ...ctx, db });
    }, patience);
  } finally {
    // Who waits takes the place over.
    const next = waiting.shift();
    if (next) next();
    else reading--;
  }
}
