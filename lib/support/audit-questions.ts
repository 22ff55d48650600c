import type { Db } from "@/lib/platform/prisma";

/** Something that happened in an app and that the audit trail does not tell yet. */
export type Unaudited = {
  /** The access; the trail keeps it as the request's id. */
  id: string;
  operation: "support.enter" | "support.leave";
  tenantId: string;
  userId: string;
  userName: string;
  userEmail: string;
  at: Date;
  ipAddress: string | null;
  userAgent: string | null;
};

const lookBackMs = 30 * 86_400_000;

/** Who entered or left apps as support without a row of it in the audit trail, with the address of the timeline. */
export async function findUnaudited(db: Db, now: Date): Promise<Unaudited[]> {
  const since = new Date(now.getTime() - lookBackMs);
  return await db.$queryRaw<Unaudited[]>`
    SELECT a.id, happened.operation, a.tenant_id AS "tenantId", a.user_id AS "userId", a.user_name AS "userName",
           a.user_email AS "userEmail", happened.at, host(t.ip_address) AS "ipAddress", t.user_agent AS "userAgent"
      FROM support_access a
     CROSS JOIN LATERAL (VALUES
             ('support.enter', 'support_entered', a.redeemed_at),
             ('support.leave', 'support_ended', CASE WHEN a.ended_by = a.user_email || ' (in the app)' THEN a.ended_at END)
           ) AS happened (operation, type, at)
      LEFT JOIN tenant_activities t ON t.tenant_id = a.tenant_id AND t.created_at = happened.at
            AND t.activity_type = happened.type AND t.metadata->>'access' = a.id::text
     WHERE happened.at > ${since}
       AND NOT EXISTS (SELECT 1 FROM audit_events e
                        WHERE e.target = a.tenant_id::text AND e.operation = happened.operation
                          AND e.request_id = a.id::text)
     ORDER BY happened.at LIMIT 200`;
}
