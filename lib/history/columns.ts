import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import type { Rolled } from "./steps";

/** The mean of a row of usage, as SQL; null where nothing is known. */
export function meanOf(metric: Metric): string {
  return `${columnOf(metric)}_sum / nullif(${columnOf(metric)}_ms, 0)`;
}

/** The table of a level, of tenants or servers. */
export function usageTable(of: "tenant" | "server", level: Rolled): Prisma.Sql {
  return Prisma.raw(`${of}_usage_${level}s`);
}
