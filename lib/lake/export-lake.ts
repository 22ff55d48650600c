import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { Prisma } from "@/lib/platform/prisma";
import { exportLakeContract } from "./contract";
import { keptSql } from "./days-sql";
import { dueDays } from "./due-days";
import { ownLake } from "./lake";

export const exportLake = operation(exportLakeContract, async ({ db, note }, { from, to }) => {
  const lake = ownLake();
  if (!lake) throw new AppError("conflict", "There is no lake: set LAKE_DIR to a folder and start Tenantry again.");
  const kept = Prisma.raw(keptSql("lake_days.day", "level"));
  // No fingerprint is empty, so the day differs from its rows until it is written.
  await db.$executeRaw`
    UPDATE lake_days SET fingerprint = '' WHERE day BETWEEN ${from}::date AND ${to}::date AND ${kept}`;
  const [rest] = await db.$queryRaw<{ days: number }[]>`
    SELECT count(*)::int AS days FROM lake_days WHERE day BETWEEN ${from}::date AND ${to}::date AND NOT ${kept}`;
  const due = await dueDays(db, lake.level, null);
  const days = due.filter(({ day }) => day >= from && day <= to).length;
  note.after = { days };
  return { days, leftAlone: rest?.days ?? 0 };
});
