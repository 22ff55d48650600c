import type pg from "pg";
import { bytesInMiB, type Collector, type Found, type Round } from "../collector";
import { choose, type Sized } from "../storage-plan";

/** What measuring one database costs, in seconds, before it was learned. */
const firstGuess = 0.0005;

/** Seconds by which a statement and a measurement may seem to be in another order than they were. */
const margin = 0.5;

/**
 * Size on disk in MiB. pg_database_size() looks at every file of a database, so those whose counters moved or that
 * have a statement running are measured every few seconds, the others slowly in turn.
 */
export const storage: Collector = () => {
  const databases = new Map<number, Sized>();
  const writes = new Map<number, number>();
  let secondsEach = firstGuess;
  return async (round) => {
    notice(round, databases, writes);
    const chosen = choose(databases, round.at, secondsEach);
    if (chosen.length > 0) {
      const started = performance.now();
      const sizes = await readSizes(round.client, chosen);
      const each = (performance.now() - started) / 1000 / chosen.length;
      secondsEach = 0.8 * secondsEach + 0.2 * each;
      for (const datid of chosen) databases.set(datid, { bytes: sizes.get(datid), at: round.at, moved: false });
    }
    return { values: { storage: found(round, databases) } };
  };
};

/** Marks the databases whose size may have changed, and forgets those that are gone. */
function notice(round: Round, databases: Map<number, Sized>, writes: Map<number, number>): void {
  const present = new Set(round.targets.map(({ datid }) => datid));
  for (const datid of databases.keys()) if (!present.has(datid)) databases.delete(datid);
  for (const datid of writes.keys()) if (!present.has(datid)) writes.delete(datid);
  const acted = lastActions(round);
  for (const datid of present) {
    const sized = databases.get(datid) ?? { bytes: undefined, at: undefined, moved: true };
    const now = round.counters.get(datid)?.writes;
    const since = (sized.at ?? Number.NEGATIVE_INFINITY) - margin;
    const moved = sized.moved || (acted.get(datid) ?? Number.NEGATIVE_INFINITY) > since || writes.get(datid) !== now;
    databases.set(datid, { ...sized, moved });
    if (now !== undefined) writes.set(datid, now);
  }
}

/**
 * When each database was last worked in. Its counters alone would not do: they move when a transaction ends, and from
 * a session that went idle up to 10 s later (PGSTAT_IDLE_INTERVAL).
 */
function lastActions(round: Round): Map<number, number> {
  const acted = new Map<number, number>();
  for (const { datid, client, runningFor, quietFor } of round.backends) {
    const ago = runningFor > 0 || !client ? 0 : quietFor;
    acted.set(datid, Math.max(acted.get(datid) ?? Number.NEGATIVE_INFINITY, round.at - ago));
  }
  return acted;
}

async function readSizes(client: pg.Client, datids: number[]): Promise<Map<number, number>> {
  const { rows } = await client.query<{ datid: number; bytes: number }>({
    name: "sizes",
    text: `SELECT oid AS datid, pg_database_size(oid) AS bytes
             FROM pg_database WHERE oid = ANY ($1::oid[])`,
    values: [datids],
  });
  return new Map(rows.map(({ datid, bytes }) => [datid, bytes]));
}

function found(round: Round, databases: Map<number, Sized>): Found {
  const found: Found = new Map();
  for (const { id, datid } of round.targets) {
    const bytes = databases.get(datid)?.bytes;
    if (bytes !== undefined) found.set(id, { value: bytes / bytesInMiB, source: "pg_database_size" });
  }
  return found;
}
