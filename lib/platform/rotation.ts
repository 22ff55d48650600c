import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { env } from "./env";
import { changingKeys, insertKey, newDataKey } from "./key-table";
import { checkMasters } from "./master-change";
import { type Master, masters } from "./masters";
import { type Resealed, remaining, resealOnce } from "./reseal";

export type RotationOptions = {
  clock: Clock;
  /** Called after each batch with the count of secrets sealed again so far. */
  onProgress?: (resealed: number) => void;
  /** Milliseconds to wait for transactions and rows that others hold; 60,000 unless told. */
  patienceMs?: number;
};

export type Rotation = {
  /** The data key that seals from now on. */
  keyId: string;
  /** How many data keys were retired: they still open what they sealed, and seal nothing more. */
  retired: number;
  /** How many secrets were sealed again. */
  resealed: number;
  /** How many still carry another key, since somebody held their rows all the time; they can be read. */
  left: number;
  /** Secrets that no key opens, as `table key`; they were unreadable before. */
  unreadable: string[];
  milliseconds: number;
};

/**
 * Makes a new data key, retires the others and seals every stored secret again, while everything is in use: retired
 * keys go on opening what they sealed. Cut off anywhere, it can be run again. Throws `conflict` while another
 * rotation runs, or when a key can't be opened; nothing is changed then.
 */
export async function rotateDataKey(options: RotationOptions): Promise<Rotation> {
  const started = performance.now();
  return await alone(async (client) => {
    await checkMasters(client);
    const { keyId, retired } = await changeKey(client, options.clock);
    const before = await openTransactions(client);
    const done: Resealed = { count: 0, unreadable: new Set() };
    const pass = () => resealOnce(client, keyId, done, (count) => options.onProgress?.(count));
    await pass();
    await settle(client, before, options.patienceMs ?? 60_000);
    const left = await untilNoneIsLeft(client, keyId, done, pass, options.patienceMs ?? 60_000);
    const milliseconds = Math.round(performance.now() - started);
    return { keyId, retired, resealed: done.count, left, unreadable: [...done.unreadable], milliseconds };
  });
}

/** A connection of its own that holds the rotation's lock: the lock goes with the process that is killed. */
async function alone<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const lock = "SELECT pg_try_advisory_lock(hashtextextended('tenantry key rotation', 2)) AS held";
    const { rows } = await client.query<{ held: boolean }>(lock);
    if (!rows[0]?.held)
      throw new AppError("conflict", "The keys are being rotated already. Wait until that has ended.");
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function changeKey(client: pg.Client, clock: Clock): Promise<{ keyId: string; retired: number }> {
  return await changingKeys(client, async () => {
    const key = newDataKey();
    await insertKey(client, key, await mastersInUse(client), clock());
    const retire = "UPDATE data_keys SET retired_at = $2 WHERE id <> $1 AND retired_at IS NULL RETURNING id";
    const { rows } = await client.query<{ id: string }>(retire, [key.id, clock()]);
    return { keyId: key.id, retired: new Set(rows.map(({ id }) => id)).size };
  });
}

/** The present master and those old ones that are still in use: hosts with the former environment must go on reading. */
async function mastersInUse(client: pg.Client): Promise<Master[]> {
  const { rows } = await client.query<{ id: string }>("SELECT DISTINCT master_id AS id FROM data_keys");
  const [present, ...old] = masters();
  return [present, ...old.filter(({ id }) => rows.length === 0 || rows.some((row) => row.id === id))];
}

/** The transactions that others have open in this database. Any of them may yet store what the former key sealed. */
async function openTransactions(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(`
    SELECT l.virtualtransaction AS id FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'virtualxid' AND a.datname = current_database() AND l.pid <> pg_backend_pid()`);
  return rows.map(({ id }) => id);
}

/** Waits for those transactions; and a second, for whoever seals first and then stores in one statement. */
async function settle(client: pg.Client, before: string[], patienceMs: number): Promise<void> {
  await delay(Math.min(1000, patienceMs));
  for (let waited = 0; waited < patienceMs; waited += 200) {
    const open = await openTransactions(client);
    if (!before.some((id) => open.includes(id))) return;
    await delay(200);
  }
}

/** A row that somebody holds is left out of a pass rather than waited for, so that nobody waits for the rotation. */
async function untilNoneIsLeft(
  client: pg.Client,
  keyId: string,
  done: Resealed,
  pass: () => Promise<void>,
  patienceMs: number,
): Promise<number> {
  for (let waited = 0; ; waited += 200) {
    await pass();
    const left = (await remaining(client, keyId)) - done.unreadable.size;
    if (left <= 0 || waited >= patienceMs) return Math.max(0, left);
    await delay(200);
  }
}
