import { operation } from "@/lib/gate/operation";
import { listSessionsContract } from "./contract";
import { deviceWords } from "./device-words";
import { personOf } from "./person";
import { liveSessions } from "./sessions";

export const listSessions = operation(listSessionsContract, async (ctx) => {
  const { id, sessionId } = personOf(ctx);
  const rows = await ctx.db.session.findMany({
    where: { AND: [liveSessions(ctx.now()), { userId: id }] },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
  });
  const sessions = rows.map((row) => ({
    id: row.id,
    current: row.id === sessionId,
    device: deviceWords(row.userAgent),
    ipAddress: row.ipAddress,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
  return { sessions };
});
