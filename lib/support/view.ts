import { Prisma } from "@/lib/platform/prisma";
import type { SupportState, SupportView } from "./contract";

/** A row of the registry. */
export type SupportRow = Prisma.SupportAccessGetPayload<object>;

/** How an access stands: its link first, then the session that it became. */
export function stateOf(row: SupportRow, now: Date): SupportState {
  if (row.redeemedAt === null) return row.endedAt !== null || row.expiresAt <= now ? "unused" : "open";
  return row.endedAt !== null || sessionOver(row, now) ? "ended" : "active";
}

/** The same over a row `s` of support_access. */
export function stateConditions(now: Date): Record<SupportState, Prisma.Sql> {
  const linkOver = Prisma.sql`(s.ended_at IS NOT NULL OR s.expires_at <= ${now})`;
  const over = Prisma.sql`(s.ended_at IS NOT NULL OR s.session_ends IS NULL OR s.session_ends <= ${now})`;
  return {
    open: Prisma.sql`(s.redeemed_at IS NULL AND NOT ${linkOver})`,
    unused: Prisma.sql`(s.redeemed_at IS NULL AND ${linkOver})`,
    active: Prisma.sql`(s.redeemed_at IS NOT NULL AND NOT ${over})`,
    ended: Prisma.sql`(s.redeemed_at IS NOT NULL AND ${over})`,
  };
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
