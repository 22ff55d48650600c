import { barsDrawing } from "@/components/charts/bars-picture";
import { pictureOf } from "@/components/charts/chart-picture";
import { inkOf } from "@/components/charts/ink";
import { save, saveCsv, tableToCsv } from "@/components/charts/save-chart";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import { binEdges, type Distribution } from "./distribution";

type Bins = { title: string; metric: Metric; bins: Distribution["bins"]; sources: readonly string[] };

/** Saves how many tenants there are at which height, a row a bar, as CSV. */
export function saveBins({ title, metric, bins, sources }: Bins): void {
  const { unit } = metrics[metric];
  const source = sources.join(" ");
  const rows = bins.map(({ from, to, tenants }) => [from, to, tenants, source]);
  saveCsv(tableToCsv([`from (${unit})`, `to (${unit})`, "tenants", "source"], rows), `${nameOf(title, metric)}.csv`);
}

/** Saves the bars as a picture, in the colours that hold at an element, with the sentences that they lead to. */
export function saveBinsPicture(
  at: Element,
  { title, metric, bins, words, sources }: Bins & { words: string[] },
): void {
  const ink = inkOf(at);
  const edge = binEdges(metric, bins);
  const bars = bins.map(({ from, to, tenants }) => ({
    label: from === 0 ? `<${edge(to)}` : edge(from),
    parts: [{ value: tenants, color: "--s-blue" as const }],
  }));
  const { label, unit } = metrics[metric];
  const head = { title: `${title}: ${label}`, notes: [`tenants by their mean, ${unit}`], legend: [] };
  const picture = pictureOf(barsDrawing(bars, ink), { ...head, sources: [...words, ...sources] }, ink);
  save(picture, `${nameOf(title, metric)}.png`);
}

function nameOf(title: string, metric: Metric): string {
  return `${title} ${metrics[metric].label}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
