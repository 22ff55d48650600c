import type { Prisma } from "@/lib/platform/prisma";
import type { SupportState, SupportView } from "./contract";

/** A row of the registry. */
export type SupportRow = Prisma.SupportAccessGetPayload<object>;

/** How an access stands: its link first, then the session that it became. */
export function stateOf(row: SupportRow, now: Date): SupportState {
  if (row.redeemedAt === null) return row.endedAt !== null || row.expiresAt <= now ? "unused" : "open";
  return row.endedAt !== null || sessionOver(row, now) ? "ended" : "active";
}

/** An access as the API shows it: never with what opens the app. */
export function supportViewOf(row: SupportRow, now: Date): SupportView {
  const { id, userId, userName, userEmail, reason, redeemedAt, redeemedIp, sessionEnds, endedBy } = row;
  const ended = row.endedAt ?? (redeemedAt && sessionOver(row, now) ? sessionEnds : null);
  return {
    ...{ id, reason, redeemedIp, endedBy },
    state: stateOf(row, now),
    user: { id: userId, name: userName, email: userEmail },
    createdAt: row.createdAt.toISOString(),
    redeemedAt: redeemedAt?.toISOString() ?? null,
    sessionEnds: redeemedAt && sessionEnds ? sessionEnds.toISOString() : null,
    endedAt: ended?.toISOString() ?? null,
  };
}

function sessionOver({ sessionEnds }: SupportRow, now: Date): boolean {
  return sessionEnds === null || sessionEnds <= now;
}
