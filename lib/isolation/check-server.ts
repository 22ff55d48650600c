import { actorName } from "@/lib/gate/context";
import { log } from "@/lib/platform/log";
import { controlDb, type Db, Prisma } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import type { Witness } from "@/lib/tenants/activity";
import { askServer, type Look } from "./ask-server";
import { type Change, storeFindings } from "./store-look";

/** Who wants it, and when. Each write is a transaction of its own: what a look found stands, whoever asked. */
export type Asking = Omit<Witness, "db">;

type ServerRow = Parameters<typeof serverAccess>[0] & { name: string };

/** A check that has not ended after this many milliseconds was cut off. */
export const longestMs = 120_000;

/**
 * Looks at one server and keeps what it found. Each look has a number of its own (the time it began, made to grow): one
 * that ends after a later one was kept is dropped, so that two at once don't mix. A server that can't be asked is told as
 * failed; what was found before stands. `due` makes it begin only where that holds; then it tells whether it began.
 */
export async function checkServer(server: ServerRow, asking: Asking, due = Prisma.sql`true`): Promise<boolean> {
  const at = await begin(server.id, asking, due);
  if (!at) return false;
  try {
    const look = await askServer(server.id, await serverAccess(server));
    const change = await keep(server.id, asking, at, look);
    tell(server.name, change);
  } catch (error) {
    await fail(server.id, asking, at, error);
    log().warn({ server: server.name, error: String(error) }, "isolation could not be checked");
  }
  return true;
}

async function begin(serverId: string, asking: Asking, due: Prisma.Sql): Promise<Date | undefined> {
  const [begun] = await controlDb().$queryRaw<{ at: Date }[]>`
    INSERT INTO isolation_checks AS c (server_id, started_at, asked_by)
    VALUES (${serverId}::uuid, ${asking.now()}, ${actorName(asking.actor)})
    ON CONFLICT (server_id) DO UPDATE SET asked_by = excluded.asked_by,
      started_at = greatest(excluded.started_at, c.started_at + interval '1 ms', c.finished_at + interval '1 ms')
    WHERE ${due}
    RETURNING started_at AS at`;
  if (begun) await announce(controlDb(), serverId);
  return begun?.at;
}

async function keep(serverId: string, asking: Asking, at: Date, look: Look): Promise<Change> {
  return await controlDb().$transaction(
    async (db) => {
      if (!(await newest(db, serverId, at))) return { opened: [], closed: [] };
      const { tenants, roles, pairs, tookMs, above } = look;
      const counts = { tenants, roles, pairs: BigInt(pairs), tookMs, above, error: null };
      const change = await storeFindings({ ...asking, db }, serverId, at, look);
      await db.isolationCheck.update({
        where: { serverId },
        data: { ...counts, lookedAt: at, finishedAt: ended(asking, at) },
      });
      await announce(db, serverId);
      return change;
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

async function fail(serverId: string, asking: Asking, at: Date, error: unknown): Promise<void> {
  const words = error instanceof Error ? error.message : String(error);
  await controlDb().$transaction(async (db) => {
    if (!(await newest(db, serverId, at))) return;
    const data = { error: words.slice(0, 1000), finishedAt: ended(asking, at) };
    await db.isolationCheck.update({ where: { serverId }, data });
    await announce(db, serverId);
  });
}

/** By the same clock as the beginning, which may have been moved on: a check never ends before it began. */
const ended = ({ now }: Asking, at: Date): Date => new Date(Math.max(now().getTime(), at.getTime()));

/** Holds the server's check until the transaction ends; whether no later look was kept. */
async function newest(db: Db, serverId: string, at: Date): Promise<boolean> {
  const [check] = await db.$queryRaw<{ looked: Date | null }[]>`
    SELECT looked_at AS looked FROM isolation_checks WHERE server_id = ${serverId}::uuid FOR UPDATE`;
  return check !== undefined && (check.looked === null || check.looked <= at);
}

async function announce(db: Db, serverId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_notify('tenantry_isolation', ${serverId})`;
}

function tell(server: string, { opened, closed }: Change): void {
  const few = (told: Change["opened"]) => told.slice(0, 5).map(({ words }) => words);
  if (opened.length > 0) log().warn({ server, leaks: opened.length, such: few(opened) }, "tenants are not apart");
  if (closed.length > 0) log().info({ server, closed: closed.length, such: few(closed) }, "leaks are closed");
}
