import { controlDb, type Prisma } from "@/lib/platform/prisma";

/** A message that this process sends, with what it tells of its report. */
export type ClaimedMail = {
  reportId: string;
  address: string;
  /** How often it was tried, this time included. */
  attempts: number;
  title: string;
  format: string;
  fileName: string | null;
  bytes: bigint | null;
  sha256: string | null;
  removed: boolean;
  finishedAt: Date;
  askedBy: string;
  /** Of the schedule that it was made for, if that is still there. */
  schedule: string | null;
  tz: string | null;
};

/**
 * Takes a message of a report that is done, for so many milliseconds, in which nobody else takes it; null: none waits.
 * A process that ends meanwhile leaves it to whoever comes after that time.
 */
export async function claimMail(now: Date, leaseMs: number): Promise<ClaimedMail | null> {
  const [claimed] = await controlDb().$queryRaw<ClaimedMail[]>`
    UPDATE report_mails m SET attempts = m.attempts + 1, not_before = ${new Date(now.getTime() + leaseMs)}
      FROM reports r LEFT JOIN report_schedules s ON s.id = r.schedule_id
     WHERE r.id = m.report_id AND (m.report_id, m.address) = (
             SELECT w.report_id, w.address FROM report_mails w JOIN reports d ON d.id = w.report_id
              WHERE w.status = 'waiting' AND d.status = 'done' AND (w.not_before IS NULL OR w.not_before <= ${now})
              ORDER BY w.not_before NULLS FIRST, w.report_id, w.address LIMIT 1 FOR UPDATE OF w SKIP LOCKED)
    RETURNING m.report_id::text AS "reportId", m.address, m.attempts, r.title, r.format, r.file_name AS "fileName",
              r.bytes, r.sha256, r.removed, coalesce(r.finished_at, r.created_at) AS "finishedAt",
              r.asked_by AS "askedBy", s.name AS schedule, s.tz`;
  return claimed ?? null;
}

/** What became of a message: sent, given up, or to be tried again. */
export type Became =
  | { status: "sent"; sentAt: Date; words: null }
  | { status: "failed"; words: string }
  | { status: "waiting"; notBefore: Date; words: string };

/** Writes down what became of a message, unless somebody else has taken it meanwhile. */
export async function settleMail({ reportId, address, attempts }: ClaimedMail, became: Became): Promise<void> {
  await controlDb().reportMail.updateMany({ where: { reportId, address, attempts, status: "waiting" }, data: became });
}

/**
 * Has everything that is due wait on, as an attempt of each: the server takes nothing from anybody. What becomes of a
 * message is told by its attempts, this one included.
 */
export async function postponeMails(now: Date, became: (attempts: number) => Became): Promise<void> {
  const due: Prisma.ReportMailWhereInput = {
    ...{ status: "waiting", report: { status: "done" } },
    OR: [{ notBefore: null }, { notBefore: { lte: now } }],
  };
  const { reportMail } = controlDb();
  for (const { attempts } of await reportMail.groupBy({ by: ["attempts"], where: due })) {
    const tried = attempts + 1;
    await reportMail.updateMany({ where: { ...due, attempts }, data: { ...became(tried), attempts: tried } });
  }
}

/** Gives up the messages of reports that were not made. */
export async function endMailsOfUnmade(): Promise<void> {
  await controlDb().$executeRaw`
    UPDATE report_mails m SET status = 'failed',
           words = CASE r.status WHEN 'cancelled' THEN 'The report was cancelled, so there is nothing to send.'
                   ELSE 'The report failed, so there is nothing to send.' END
      FROM reports r WHERE r.id = m.report_id AND m.status = 'waiting' AND r.status IN ('failed', 'cancelled')`;
}
