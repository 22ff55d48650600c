import type { Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";

const snake = (metric: Metric): string => metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A metric's column in the roll-ups. The names are our own constants. */
export function column(metric: Metric, part: "sum" | "ms" | "min" | "max" | "last"): Prisma.Sql {
  return Prisma.raw(`${snake(metric)}_${part}`);
}

/** A metric's mean over a roll-up's bucket; null where it is not known. */
export function meanOf(metric: Metric): Prisma.Sql {
  return Prisma.sql`${column(metric, "sum")} / nullif(${column(metric, "ms")}, 0)`;
}
