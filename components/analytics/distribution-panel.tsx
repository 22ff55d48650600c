import { count, inWords, showMetric, showOnAxis } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import type { Metric } from "@/lib/kernel/metrics";
import { type Distribution, spreadWords } from "./distribution";
import classes from "./distribution.module.css";

type DistributionPanelProps = { title: string; metric: Metric; distribution: Distribution | undefined };

/** How many tenants there are at which height, and what that says. */
export function DistributionPanel({ title, metric, distribution }: DistributionPanelProps) {
  const words = distribution ? spreadWords(metric, distribution) : [];
  return (
    <Panel title={title} note="tenants by their mean">
      {distribution && words.length > 0 ? (
        <>
          <Histogram metric={metric} bins={distribution.bins} />
          {words.map((sentence) => (
            <p key={sentence} className={classes.words}>
              {sentence}
            </p>
          ))}
        </>
      ) : (
        <p className={classes.words}>Nothing was measured in this period.</p>
      )}
    </Panel>
  );
}

function Histogram({ metric, bins }: { metric: Metric; bins: Distribution["bins"] }) {
  const most = Math.max(1, ...bins.map(({ tenants }) => tenants));
  const show = (value: number) => inWords(showMetric(metric, value));
  return (
    <ol className={classes.bins} aria-label="Tenants by height">
      {bins.map(({ from, to, tenants }) => (
        <li key={from} className={classes.bin} title={`${show(from)} to ${show(to)}: ${plural(tenants, "tenant")}`}>
          <span className={classes.count} data-none={tenants === 0 || undefined}>
            {count(tenants)}
          </span>
          <span className={classes.column} aria-hidden="true">
            <span
              className={classes.bar}
              style={{ height: tenants === 0 ? 0 : `max(2px, ${(tenants / most) * 100}%)` }}
            />
          </span>
          <span className={classes.edge}>
            <span className={classes.hidden}>from </span>
            {showOnAxis(metric, from)}
          </span>
        </li>
      ))}
    </ol>
  );
}
