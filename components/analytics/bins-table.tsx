import charts from "@/components/charts/chart.module.css";
import { count } from "@/components/ui/format";
import type { Metric } from "@/lib/kernel/metrics";
import { binEdges, type Distribution } from "./distribution";

type BinsTableProps = { title: string; metric: Metric; bins: Distribution["bins"] };

/** The same figures as the bars, in a table, the lowest first. */
export function BinsTable({ title, metric, bins }: BinsTableProps) {
  const edge = binEdges(metric, bins);
  return (
    <section className={charts.table} aria-label={`${title} as a table`} {...{ tabIndex: 0 }}>
      <table>
        <caption>{title}, the lowest first</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Tenants</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ from, to, tenants }) => (
            <tr key={from}>
              <td>{from === 0 ? "0" : edge(from)}</td>
              <td>{edge(to)}</td>
              <td>{count(tenants)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
