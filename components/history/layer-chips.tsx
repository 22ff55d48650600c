import { groupLabel, type TypeGroup } from "@/components/activities/type-groups";
import chips from "@/components/ui/filter-chips.module.css";
import { count } from "@/components/ui/format";
import type { TenantHistory } from "@/lib/analytics/shapes";
import { kindOf, type Layer } from "./search-history";

type LayerChipsProps = {
  history: Pick<TenantHistory, "annotations" | "anomalies" | "baseline">;
  hidden: readonly Layer[];
  toggle: (layer: Layer) => void;
  seesActivities: boolean;
};

/** What is drawn besides the lines; each can be left out. */
export function LayerChips({ history, hidden, toggle, seesActivities }: LayerChipsProps) {
  const kinds = new Map<TypeGroup, number>();
  for (const { type } of history.annotations) kinds.set(kindOf(type), (kinds.get(kindOf(type)) ?? 0) + 1);
  const choices: { layer: Layer; label: string; count?: number }[] = [
    ...(Object.keys(history.baseline).length > 0 ? [{ layer: "usual" as const, label: "What is usual" }] : []),
    { layer: "range", label: "Lowest to highest" },
    ...(history.anomalies.length > 0
      ? [{ layer: "anomalies" as const, label: "Anomalies", count: history.anomalies.length }]
      : []),
    ...[...kinds].map(([layer, number]) => ({ layer, label: groupLabel(layer), count: number })),
  ];
  return (
    <fieldset className={chips.chips} aria-label="Shown on the charts">
      {choices.map(({ layer, label: words, count: number }) => (
        <button
          key={layer}
          type="button"
          className={chips.chip}
          aria-pressed={!hidden.includes(layer)}
          onClick={() => toggle(layer)}
        >
          {words}
          {number !== undefined && <span className={chips.count}>{count(number)}</span>}
        </button>
      ))}
      {!seesActivities && <small>What happened is not shown: your role may not see activities.</small>}
    </fieldset>
  );
}
