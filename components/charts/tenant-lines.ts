import { tenantHue } from "@/components/ui/tenant-color";
import type { ChartSeries, Dash } from "./chart-series";

const inTurn: readonly (Dash | undefined)[] = [undefined, "dashed", "dotted", "dash-dot"];

/**
 * How tenants' lines look on one chart: each in the colour that it has everywhere; those that share a colour, as some of
 * more than a few will, are told apart by their dashes.
 */
export function tenantLooks(ids: readonly string[]): Pick<ChartSeries, "color" | "dashed">[] {
  const met = new Map<string, number>();
  return ids.map((id) => {
    const color = tenantHue(id);
    const before = met.get(color) ?? 0;
    met.set(color, before + 1);
    const dashed = inTurn[before % inTurn.length];
    return { color, ...(dashed && { dashed }) };
  });
}
