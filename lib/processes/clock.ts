import type { Db } from "@/lib/platform/prisma";

/** The time by the control database's clock, by which processes were last seen: hosts' own clocks may differ. */
export async function databaseTime(db: Db): Promise<Date> {
  const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT now() AS at`;
  if (!row) throw new Error("The control database did not tell the time.");
  return row.at;
}
