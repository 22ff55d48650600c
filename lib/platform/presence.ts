import { randomBytes } from "node:crypto";
import { availableParallelism, freemem, hostname, loadavg, totalmem } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { env } from "./env";
import { log } from "./log";
import { listen } from "./notify";
import { controlDb } from "./prisma";
import { processWord } from "./process-words";

const bytesInMiB = 1024 * 1024;

/** A cache of one process; null is not counted there. */
export const cacheFigures = z.object({
  name: z.string(),
  entries: z.int(),
  bytes: z.number().nullable(),
  hits: z.number().nullable().describe("since the process began"),
  misses: z.number().nullable(),
  oldestAt: z.number().nullable().describe("Unix milliseconds"),
});
export type CacheFigures = z.infer<typeof cacheFigures>;

/** What a process tells of itself and of its host, by its own clock. Sizes in MiB. */
const told = z.object({
  id: z.uuid(),
  kind: z.enum(["web", "worker"]),
  host: z.string(),
  pid: z.int(),
  node: z.string(),
  version: z.string(),
  startedAt: z.number().describe("Unix milliseconds"),
  memoryMb: z.number().describe("resident set"),
  cores: z.int(),
  hostMemoryMb: z.number(),
  hostFreeMb: z.number(),
  load: z.array(z.number()).describe("of 1, 5 and 15 minutes; empty where the system does not count it"),
  caches: z.array(cacheFigures),
  audit: z
    .object({ at: z.number(), intact: z.boolean(), checked: z.int() })
    .nullable()
    .describe("its last check of the whole audit trail"),
});
export type Told = z.infer<typeof told>;

/** What only the process's own kind knows. */
export type Own = Pick<Told, "kind" | "version" | "caches" | "audit">;

/** The name by which pg_stat_activity shows the connection that each process hears by. */
const presenceName = "tenantry-process";

/**
 * Answers whoever asks what processes there are, until `signal` is aborted. A process that is killed loses the
 * connection, one that hangs does not answer: so its life is seen and no row has to be written for it.
 */
export function keepPresence(
  { own, clear }: { own: () => Own; clear: (names: string[]) => void },
  clock: Clock,
  signal: AbortSignal,
): void {
  const id = newId(clock());
  const startedAt = clock().getTime() - performance.now();
  const onMessage = (_: string, payload: string) => {
    const word = processWord(payload);
    if (word && "clear" in word) clear(word.clear);
    if (word && "ask" in word) void answer(word.ask, () => ({ ...own(), ...itself(), id, startedAt }));
  };
  listen(["tenantry_processes"], { onMessage }, signal, presenceName);
}

function itself(): Omit<Told, keyof Own | "startedAt" | "id"> {
  return {
    ...{ host: hostname(), pid: process.pid, node: process.version },
    memoryMb: process.memoryUsage.rss() / bytesInMiB,
    cores: availableParallelism(),
    ...{ hostMemoryMb: totalmem() / bytesInMiB, hostFreeMb: freemem() / bytesInMiB },
    // Windows counts no load and tells zeros.
    load: process.platform === "win32" ? [] : loadavg(),
  };
}

async function answer(channel: string, words: () => Told): Promise<void> {
  try {
    await controlDb().$executeRaw`SELECT pg_notify(${channel}, ${JSON.stringify(words())})`;
  } catch (error) {
    log().warn({ error: String(error) }, "a question about this process was not answered");
  }
}

/** Who answered, and how many processes hold their connection to the control database but say nothing. */
export type Presence = { told: Told[]; silent: number };

/** Asks every process to tell of itself and waits for all, at most `patienceMs`. Throws when the control database is away. */
export async function askProcesses(patienceMs = 1500): Promise<Presence> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: "tenantry-asks",
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  });
  client.on("error", () => undefined);
  const found = new Map<string, Told>();
  client.on("notification", ({ payload = "" }) => {
    const one = told.safeParse(JSON.parse(payload));
    if (one.success) found.set(one.data.id, one.data);
  });
  try {
    await client.connect();
    const there = await askOn(client);
    for (const until = performance.now() + patienceMs; found.size < there && performance.now() < until; )
      await delay(10);
    return { told: [...found.values()], silent: Math.max(0, there - found.size) };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Asks, and returns how many should answer. */
async function askOn(client: pg.Client): Promise<number> {
  const channel = `tenantry_told_${randomBytes(8).toString("hex")}`;
  await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  const { rows } = await client.query<{ there: number }>(
    `SELECT count(*)::int AS there FROM pg_stat_activity
      WHERE application_name = $1 AND datname = current_database()`,
    [presenceName],
  );
  await client.query("SELECT pg_notify('tenantry_processes', $1)", [JSON.stringify({ ask: channel })]);
  return rows[0]?.there ?? 0;
}
