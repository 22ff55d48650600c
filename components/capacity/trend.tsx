import { inWords, showMetric } from "@/components/ui/format";
import type { Points, Span } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import classes from "./capacity.module.css";
import { pathsOf } from "./trend-path";

type TrendProps = { label: string; metric: Metric; points: Points; span: Span; limit: number | null };

const box = { width: 240, height: 44 };

/** How something went over the period, small: the line from zero, and the limit where it is near enough to be seen. */
export function Trend({ label, metric, points, span, limit }: TrendProps) {
  const values = points.map(([, value]) => value).filter((value) => value !== null);
  if (values.length < 2) return <p className={classes.nothing}>Not measured for long enough to draw it.</p>;
  const highest = Math.max(...values);
  const near = limit !== null && limit <= highest * 2;
  const top = Math.max(near && limit !== null ? limit : highest, Number.EPSILON) * 1.05;
  const { line, area } = pathsOf(points, { from: Date.parse(span.from), to: Date.parse(span.to), top }, box);
  const show = (value: number) => inWords(showMetric(metric, value));
  const y = limit === null ? 0 : box.height - (limit / top) * box.height;
  return (
    <svg
      className={classes.trend}
      viewBox={`0 0 ${box.width} ${box.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}: between ${show(Math.min(...values))} and ${show(highest)} in the period`}
    >
      <path d={area} className={classes.area} />
      <path d={line} className={classes.line} vectorEffect="non-scaling-stroke" />
      {near && <line x1="0" x2={box.width} y1={y} y2={y} className={classes.limit} vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}
