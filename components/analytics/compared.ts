import type { Metric } from "@/lib/kernel/metrics";

/** How a figure stands to that of the period before. */
export type Compared = {
  way: "up" | "down" | "same" | "unknown";
  /** In words: "12 % higher". */
  words: string;
  /** The same for a narrow cell: "+12 %". */
  short: string;
};

const percents = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const times = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** Compares a figure with the one before; unknown where either is. */
export function compared(now: number | null | undefined, before: number | null | undefined): Compared {
  if (now == null || before == null) return { way: "unknown", words: "no figure to compare with", short: "—" };
  if (before <= 0) {
    if (now <= 0) return { way: "same", words: "as before", short: "±0 %" };
    return { way: "up", words: "from nothing", short: "from 0" };
  }
  const part = now / before - 1;
  if (Math.abs(part) < 0.005) return { way: "same", words: "as before", short: "±0 %" };
  if (part >= 2) {
    const factor = times.format(now / before);
    return { way: "up", words: `${factor} times as high`, short: `×${factor}` };
  }
  const size = percents.format(Math.abs(part) * 100);
  return part > 0
    ? { way: "up", words: `${size} % higher`, short: `+${size} %` }
    : { way: "down", words: `${size} % lower`, short: `−${size} %` };
}

const badWhenUp: ReadonlySet<Metric> = new Set(["latency", "errors", "waits", "waitTime"]);
const badWhenDown: ReadonlySet<Metric> = new Set(["cacheHit"]);

/** Whether a change is good or bad for whoever waits; of what is merely used, it is neither. */
export function toneOf(metric: Metric, way: Compared["way"]): "good" | "bad" | "neutral" {
  if (way !== "up" && way !== "down") return "neutral";
  if (badWhenUp.has(metric)) return way === "up" ? "bad" : "good";
  if (badWhenDown.has(metric)) return way === "down" ? "bad" : "good";
  return "neutral";
}
