import "@mantine/core/styles.layer.css";
import "@/components/theme/tokens.css";
import { MantineProvider } from "@mantine/core";
import { createRoot } from "react-dom/client";
import type { ChartSeries } from "@/components/charts/chart-series";
import { HistoryChart } from "@/components/charts/history-chart";
import { cssVariables, theme } from "@/components/theme/theme";
import { watchFrames } from "./watch-frames";

const colors = ["blue", "orange", "green", "purple", "brick", "sky", "olive", "gray"] as const;
const minute = 60_000;
const end = Date.UTC(2026, 10, 22);

/** The page that `bench/charts.ts` measures: the product's own chart with as many points as its address says. */
function Page({ lines, points, bands }: { lines: number; points: number; bands: boolean }) {
  const series = Array.from({ length: lines }, (_, line) => made(line, points, bands));
  const from = end - points * minute;
  const moments = Array.from({ length: 40 }, (_, index) => ({
    at: from + (index + 0.5) * ((end - from) / 40),
    label: `Migration ${index} was applied`,
    kind: "migration",
  }));
  const marks = [{ from: end - 2000 * minute, to: end - 1800 * minute, label: "Far above what is usual" }];
  return (
    <HistoryChart
      title="CPU of many tenants"
      metric="cpu"
      series={series}
      annotations={moments}
      marks={marks}
      from={from}
      to={end}
      tz="Europe/Vienna"
      sources={["made up for the benchmark"]}
      tall
    />
  );
}

function made(line: number, points: number, bands: boolean): ChartSeries {
  const values = Array.from({ length: points }, (_, index): [number, number | null] => {
    const day = Math.sin((index / 1440) * 2 * Math.PI + line);
    const noise = Math.abs(Math.sin(index * 12.9898 + line * 78.233) * 43758.5453) % 1;
    return [end - (points - index) * minute, index % 1700 < 20 ? null : 30 + line * 8 + 15 * day + 12 * noise];
  });
  const edge = (part: number) => values.map(([x, y]): [number, number | null] => [x, y === null ? null : y * part]);
  return {
    key: String(line),
    label: `Tenant ${line + 1}`,
    color: `--s-${colors[line % colors.length] ?? "blue"}`,
    points: values,
    ...(bands && { band: { low: edge(0.8), high: edge(1.2) } }),
  };
}

watchFrames();
const asked = new URLSearchParams(location.search);
const number = (name: string, usual: number) => Number(asked.get(name) ?? usual);
createRoot(document.getElementById("root") ?? document.body).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    forceColorScheme={asked.get("scheme") === "dark" ? "dark" : "light"}
  >
    <main style={{ padding: 20 }}>
      <Page lines={number("series", 8)} points={number("points", 10_000)} bands={asked.get("bands") === "1"} />
    </main>
  </MantineProvider>,
);
