import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import type { Reading } from "@/lib/platform/quick-db";
import { type Part, rowsOfParts } from "./parts";

/** Where a metric of a tenant was last known. */
export type LastKnown = { tenant: string; metric: Metric; from: number; to: number };

/** The last values of metrics within the steps in which they were last known, in the order asked for. */
export async function readLast(
  db: Reading,
  asked: readonly LastKnown[],
  parts: readonly Part[],
): Promise<(number | null)[]> {
  if (asked.length === 0 || parts.length === 0) return asked.map(() => null);
  const columns = [...new Set(asked.map(({ metric }) => columnOf(metric)))];
  const spans = [...new Map(asked.map(({ tenant, from, to }) => [`${tenant} ${from}`, { tenant, from, to }])).values()];
  const read = Prisma.raw(`at, ${columns.map((column) => `${column}_last`).join(", ")}`);
  const rows = await db.$queryRaw<({ tenant: string; from: number } & Record<string, number | null>)[]>`
    SELECT span.tenant::text AS tenant, extract(epoch FROM span.begins)::float8 * 1000 AS from, found.*
      FROM unnest(${spans.map(({ tenant }) => tenant)}::uuid[], ${spans.map(({ from }) => new Date(from))}::timestamptz[],
                  ${spans.map(({ to }) => new Date(to))}::timestamptz[]) span (tenant, begins, ends)
      CROSS JOIN LATERAL ${rowsOfParts(parts, read, Prisma.sql`tenant_id = span.tenant AND at >= span.begins AND at < span.ends`)} found
     ORDER BY found.at DESC`;
  return asked.map(({ tenant, metric, from }) => {
    const column = `${columnOf(metric)}_last`;
    const row = rows.find((one) => one.tenant === tenant && one.from === from && one[column] !== null);
    return row?.[column] ?? null;
  });
}
