import type { ChartSeries } from "@/components/charts/chart-series";
import { tenantLooks } from "@/components/charts/tenant-lines";
import type { ResourceUse } from "@/lib/analytics/shapes";
import type { Points } from "@/lib/history/shapes";

/** Tenants that have a band of their own. */
const mostBands = 5;

/** Up to here a sum is what adding up leaves over. */
const nothing = 1e-6;

/** The tenants that used most, all others together, and what stands beside them: as bands that add up. */
export function stackSeries({ tenants, rest, parts }: Pick<ResourceUse, "tenants" | "rest" | "parts">): ChartSeries[] {
  const shown = tenants.slice(0, mostBands);
  const looks = tenantLooks(shown.map(({ tenant }) => tenant.id));
  const others = sumPoints([rest, ...tenants.slice(mostBands).map(({ points }) => points)]);
  return [
    ...shown.map(({ tenant, points }, index) => ({
      key: tenant.id,
      label: tenant.name,
      color: "--s-gray" as const,
      ...looks[index],
      points,
    })),
    ...(others.some(([, value]) => value !== null && value > nothing)
      ? [{ key: "rest", label: "All others", color: "--s-gray" as const, points: others }]
      : []),
    ...parts.map(({ name, points }, index) => ({
      key: name,
      label: name.charAt(0).toUpperCase() + name.slice(1),
      color: index === 0 ? ("--s-slate" as const) : ("--s-sand" as const),
      points,
    })),
  ];
}

/** Series added up step by step; unknown where none of them is known. */
export function sumPoints(lists: readonly Points[]): Points {
  const sums = new Map<number, number | null>();
  for (const points of lists) {
    for (const [at, value] of points) {
      const before = sums.get(at) ?? null;
      sums.set(at, value === null ? before : (before ?? 0) + value);
    }
  }
  return [...sums].sort(([one], [other]) => one - other);
}
