import { csvField, csvLine } from "@/lib/kernel/csv";
import type { ChartSeries } from "./chart-series";
import type { View } from "./view";

/** What a chart's file says besides its points: their unit, and how they were measured, a sentence each. */
export type FileWords = { unit: string; sources: readonly string[] };

/**
 * The shown points as CSV: a row a time, a column a series with its unit, empty where nothing is known, and how they
 * were measured, or that they were made up.
 */
export function toCsv(series: readonly ChartSeries[], { from, to }: View, { unit, sources }: FileWords): string {
  const values = series.map(({ points }) => new Map(points));
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))]
    .filter((time) => time >= from && time <= to)
    .sort((one, other) => one - other);
  const labels = series.map(({ label }) => csvField(unit === "" ? label : `${label} (${unit})`));
  const source = csvField(sources.join(" "));
  const head = ["time", ...labels, "source"].join(",");
  const rows = times.map((time) =>
    [new Date(time).toISOString(), ...values.map((known) => plain(known.get(time))), source].join(","),
  );
  return `${[head, ...rows].join("\r\n")}\r\n`;
}

// Sums of parts end in digits that nobody measured: 4.707999999999999 is 4.708.
function plain(value: number | null | undefined): string {
  return value == null ? "" : String(Number(value.toPrecision(12)));
}

/** A table of figures as CSV: its heads, then its rows; empty where nothing is known. */
export function tableToCsv(heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => (typeof value === "number" ? Number(plain(value)) : value);
  return [heads, ...rows.map((row) => row.map(cell))].map(csvLine).join("");
}

/** Offers the browser a CSV file to save, with the mark by which Excel knows that it is UTF-8. */
export function saveCsv(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" }));
  save(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Offers the browser a file to save, from an address such as a `data:` or `blob:` one. */
export function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** A file's name from a chart's title and its period, by days of UTC. */
export function fileName(title: string, { from, to }: View, ending: string): string {
  const words = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  const days = [...new Set([day(from), day(to)])].join("-to-");
  return `${words.replace(/^-|-$/g, "") || "chart"}-${days}.${ending}`;
}
