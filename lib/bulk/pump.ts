import type pg from "pg";
import { controlDb } from "@/lib/platform/prisma";
import { isUnstorable } from "@/lib/platform/transient";
import { type Claimed, claimItems, lockClaims } from "./claim";
import { finishItems } from "./finish-items";
import { inTransaction, withRunner } from "./runner-pool";
import type { Work } from "./running";
import { settleRun } from "./settle";
import { storeApart } from "./store-apart";

/** How often, at most, the other processes are told of a run's progress, in milliseconds. */
const tellMs = 200;

/**
 * Stores what came to its end and begins as many as there is room for. What can't be stored as it is must not hold up
 * the others: it ends with other words.
 */
export async function pump(work: Work, room: number): Promise<Claimed[]> {
  try {
    return await pumpTogether(work, room);
  } catch (error) {
    if (!isUnstorable(error)) throw error;
    await storeApart(work);
    return await pumpTogether(work, room);
  }
}

/**
 * Stores what came to its end and begins as many as there is room for, in one transaction where nothing failed. Over
 * failures the run is settled in between, also over those that came meanwhile: what they stop must not begin.
 */
async function pumpTogether(work: Work, room: number): Promise<Claimed[]> {
  const { run, clock } = work;
  const owes = () => work.owesSettle || work.ends.some(({ status }) => status === "failed");
  const news = work.ends.length + work.lines.length > 0;
  for (let first = room <= 0 && news; first || owes(); first = false) {
    work.owesSettle = owes();
    await withRunner(store(work)).then((stored) => stored());
    if (work.owesSettle) await settle(work);
  }
  if (room <= 0) return [];
  const write = store(work);
  const { claimed, stored } = await inTransaction(lockClaims, async (client) => ({
    stored: await write(client),
    claimed: await claimItems(client, run.id, room, work.leaseMs, clock()),
  }));
  stored();
  return claimed;
}

/** Over what failed so far; what fails meanwhile is still in the hands, and owes another time. */
async function settle(work: Work): Promise<void> {
  await controlDb().$transaction((db) => settleRun(db, work.run.id, work.clock));
  work.owesSettle = false;
}

/** Writes down what came to its end so far; the function that this returns takes it off the hands, once committed. */
function store(work: Work): (client: pg.ClientBase) => Promise<() => void> {
  const ends = [...work.ends];
  const lines = [...work.lines];
  return async (client) => {
    if (ends.length + lines.length === 0) return () => undefined;
    const { run, clock } = work;
    const tell = performance.now() - work.toldAt > tellMs;
    await finishItems(client, ends, lines, { runId: run.id, by: run.by, now: clock(), tell });
    return () => {
      work.ends.splice(0, ends.length);
      work.lines.splice(0, lines.length);
      for (const { position } of ends) work.held.delete(position);
      if (tell) work.toldAt = performance.now();
    };
  };
}
