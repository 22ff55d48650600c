import type { Ctx } from "@/lib/gate/context";
import { cursorAt, type PlaceShape, placeAt } from "@/lib/kernel/page";
import type { SessionView } from "./contract-account";
import { deviceWords } from "./device-words";
import { liveSessions } from "./sessions";

type Asked = { list: string; userId: string; cursor?: string | undefined; limit: number };

/**
 * A page of somebody's live sessions, newest first: not by when they were last seen, which moves while somebody reads
 * page after page. `list` names the list, to which its cursors belong.
 */
export async function readSessions(
  ctx: Pick<Ctx, "actor" | "db" | "now">,
  { list, userId, cursor, limit }: Asked,
): Promise<{ sessions: SessionView[]; next: string | null }> {
  const rows = await ctx.db.session.findMany({
    where: { AND: [liveSessions(ctx.now()), { userId }, cursor === undefined ? {} : olderThan(list, cursor)] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const own = ctx.actor.kind === "user" ? ctx.actor.sessionId : undefined;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? cursorAt(list, [last.createdAt.toISOString(), last.id]) : null;
  const sessions = page.map((row) => ({
    id: row.id,
    current: row.id === own,
    device: deviceWords(row.userAgent),
    ipAddress: row.ipAddress,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
  return { sessions, next };
}

const shape: PlaceShape = [{ kind: "time" }, { kind: "uuid" }];

function olderThan(list: string, cursor: string) {
  const [time, id] = placeAt(list, shape, cursor);
  const createdAt = new Date(String(time));
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: String(id) } }] };
}
