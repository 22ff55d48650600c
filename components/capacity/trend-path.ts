import type { Points } from "@/lib/history/shapes";

type Frame = { from: number; to: number; top: number };
type Box = { width: number; height: number };

/** A series as SVG paths: its line, and the area below it; each stretch that is known is drawn apart. */
export function pathsOf(
  points: Points,
  { from, to, top }: Frame,
  { width, height }: Box,
): { line: string; area: string } {
  const place = ([at, value]: [number, number]) =>
    [((at - from) / Math.max(1, to - from)) * width, height - (value / top) * height] as const;
  const stretches = knownStretches(points).map((stretch) => stretch.map(place));
  const drawn = stretches.map((stretch) => `M${stretch.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`);
  const areas = stretches.map((stretch, index) => {
    const [first, last] = [stretch[0]?.[0] ?? 0, stretch.at(-1)?.[0] ?? 0];
    return `${drawn[index]}L${last.toFixed(1)},${height}L${first.toFixed(1)},${height}Z`;
  });
  return { line: drawn.join(""), area: areas.join("") };
}

function knownStretches(points: Points): [number, number][][] {
  const stretches: [number, number][][] = [];
  let open: [number, number][] | null = null;
  for (const [at, value] of points) {
    if (value === null) {
      open = null;
      continue;
    }
    if (open === null) {
      open = [];
      stretches.push(open);
    }
    open.push([at, value]);
  }
  return stretches;
}
