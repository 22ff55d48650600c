import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { normalNoise, uniform } from "@/lib/forecast/testing-series";

const working = (day: number) => (day % 7 < 5 ? 1 : 0.2);

/** Kinds of growth, each by its seed: MiB a day over `days` days. */
export const generated: Record<string, (seed: number, days: number) => number[]> = {
  "linear, weekly shape": (seed, days) => {
    const noise = normalNoise(seed);
    return grow(days, 500, (day) => 12 * working(day) + 2 * noise());
  },
  "steps (imports, deletions)": (seed, days) => {
    const [noise, next] = [normalNoise(seed), uniform(seed + 1)];
    return grow(days, 1000, () => 3 + noise() + (next() < 0.04 ? 400 * (next() - 0.3) : 0));
  },
  saturating: (seed, days) => {
    const noise = normalNoise(seed);
    return Array.from({ length: days }, (_, day) => 4000 * (1 - Math.exp(-day / 60)) + 15 * noise());
  },
  "noisy around a line": (seed, days) => {
    const noise = normalNoise(seed);
    return Array.from({ length: days }, (_, day) => 800 + 4 * day + 120 * noise());
  },
  "random walk": (seed, days) => {
    const noise = normalNoise(seed);
    return grow(days, 5000, () => 5 + 40 * noise());
  },
  idle: (seed, days) => {
    const next = uniform(seed);
    return grow(days, 8, () => (next() < 0.02 ? 0.01 : 0));
  },
};

function grow(days: number, from: number, by: (day: number) => number): number[] {
  let value = from;
  return Array.from({ length: days }, (_, day) => {
    value = Math.max(0, value + by(day));
    return value;
  });
}

const entry = / -- .*> {2}\w{3}, (\d{1,2} \w{3} \d{4})/;

/** Bytes of all Debian changelogs on this machine up to each day: texts that grew for years, a few entries a day. */
export function changelogs(): number[] {
  const root = "/usr/share/doc";
  const byDay = new Map<number, number>();
  for (const name of existsSync(root) ? readdirSync(root) : []) {
    const file = ["changelog.Debian.gz", "changelog.gz"].map((one) => join(root, name, one)).find(existsSync);
    if (!file) continue;
    let bytes = 0;
    for (const line of gunzipSync(readFileSync(file)).toString("utf8").split("\n")) {
      bytes += line.length + 1;
      const date = entry.exec(line)?.[1];
      if (!date) continue;
      const day = Math.floor(Date.parse(`${date} UTC`) / 86_400_000);
      if (Number.isFinite(day)) byDay.set(day, (byDay.get(day) ?? 0) + bytes);
      bytes = 0;
    }
  }
  const days = [...byDay.keys()].sort((a, b) => a - b);
  const [first = 0, last = -1] = [days[0], days.at(-1)];
  return grow(last - first + 1, 0, (day) => byDay.get(first + day) ?? 0);
}

/** Lines of this repository after each of its commits: a commit stands for a day. */
export function ownCommits(): number[] {
  const log = execFileSync("git", ["log", "--reverse", "--numstat", "--format=format:commit"], { maxBuffer: 2 ** 28 });
  const lines: number[] = [];
  let total = 0;
  for (const line of log.toString("utf8").split("\n")) {
    if (line === "commit") lines.push(total);
    const [added, removed] = line.split("\t").map(Number);
    if (added !== undefined && removed !== undefined && Number.isFinite(added + removed)) total += added - removed;
  }
  return [...lines.slice(1), total];
}
