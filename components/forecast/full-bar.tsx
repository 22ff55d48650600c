import type { Outlook } from "@/lib/forecast/contract";
import classes from "./forecast.module.css";
import { amount } from "./words";

type FullBarProps = { metric: Outlook["metric"]; now: number | null; limit: number | null; source: string | null };

/** How much of its limit something uses now, as a bar and in figures; without a limit, the value alone. */
export function FullBar({ metric, now, limit, source }: FullBarProps) {
  if (now === null) return <>unknown</>;
  if (limit === null) return <span className="tabular">{amount(metric, now)}</span>;
  const part = limit === 0 ? 1 : now / limit;
  return (
    <span className={classes.full} {...(source !== null && { title: `Limit: ${source}` })}>
      <span className="tabular">
        {amount(metric, now)} <small>of {amount(metric, limit)}</small>
      </span>
      <span className={classes.track} aria-hidden="true">
        <span data-tone={tone(part)} style={{ width: `${Math.min(100, part * 100)}%` }} />
      </span>
    </span>
  );
}

function tone(part: number): "bad" | "warn" | "ok" {
  if (part >= 0.9) return "bad";
  return part >= 0.75 ? "warn" : "ok";
}
