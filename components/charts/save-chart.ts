import type { ChartSeries } from "./chart-series";

/** The shown points as CSV: a row a time, a column a series, empty where nothing is known. */
export function toCsv(series: readonly ChartSeries[], from: number, to: number): string {
  const values = series.map(({ points }) => new Map(points));
  const times = [...new Set(series.flatMap(({ points }) => points.map(([time]) => time)))]
    .filter((time) => time >= from && time <= to)
    .sort((one, other) => one - other);
  const head = ["time", ...series.map(({ label }) => quote(label))].join(",");
  const rows = times.map((time) =>
    [new Date(time).toISOString(), ...values.map((known) => known.get(time) ?? "")].join(","),
  );
  return `${[head, ...rows].join("\r\n")}\r\n`;
}

// A name that begins like a formula must not become one in a spreadsheet.
function quote(text: string): string {
  return `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
}

/** Offers the browser a file to save, from an address such as a `data:` or `blob:` one. */
export function save(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** A file's name from a chart's title. */
export function fileName(title: string, ending: string): string {
  const plain = title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `${plain.replace(/^-|-$/g, "") || "chart"}.${ending}`;
}
