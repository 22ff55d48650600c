import { columnOf } from "@/lib/kernel/metrics";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { figure } from "./cells";
import { usageTable } from "./columns";
import { stepAt } from "./parts";
import type { Points } from "./shapes";
import type { Frame } from "./span";

/** Figures that are kept for each server, added up over all servers: of a step the mean of its buckets' sums. */
export async function readServers<Name extends string>(
  db: Db,
  names: readonly Name[],
  frame: Frame,
): Promise<Record<Name, Points>> {
  const level = frame.level === "raw" ? "minute" : frame.level;
  const sums = names.map(columnOf).map((name) => `sum(${name}_sum / nullif(${name}_ms, 0)) AS ${name}`);
  const rows = await db.$queryRaw<({ at: number } & Record<string, number | null>)[]>`
    SELECT extract(epoch FROM at)::float8 * 1000 AS at, ${Prisma.raw(sums.join(", "))}
      FROM ${usageTable("server", level)} WHERE at >= ${new Date(frame.from)} AND at < ${new Date(frame.to)}
     GROUP BY at`;
  const points = names.map((name): [Name, Points] => {
    const steps = frame.begins.map(() => ({ sum: 0, known: 0 }));
    for (const row of rows) {
      const [value, step] = [row[columnOf(name)], steps[stepAt(frame, row.at)]];
      if (typeof value !== "number" || !step) continue;
      step.sum += value;
      step.known++;
    }
    return [name, frame.begins.map((at, index) => [at, meanOfStep(steps[index])])];
  });
  return Object.fromEntries(points) as Record<Name, Points>;
}

function meanOfStep(step: { sum: number; known: number } | undefined): number | null {
  return step && step.known > 0 ? figure(step.sum / step.known) : null;
}
