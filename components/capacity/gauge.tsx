import type { ReactNode } from "react";
import classes from "./capacity.module.css";

type GaugeProps = {
  label: string;
  value: string;
  /** The whole, in words; null: not known. */
  of: string | null;
  /** Parts of the whole, 0 to 1: ours, and what others take; null: not known. */
  parts: { used: number; other: number } | null;
  /** The peak's place on the bar, 0 to 1. */
  mark?: number | null;
  /** The figures behind it; with a key, that of a part of the bar. */
  notes: readonly (readonly [label: string, value: string, key?: "used" | "other" | "mark"])[];
  source?: string;
  /** What is said where the whole is not known, and what to do about it. */
  missing?: ReactNode;
  children?: ReactNode;
};

/** What of a resource is used: a figure, a bar, the figures behind it, and how they are known. */
export function Gauge({ label, value, of, parts, mark = null, notes, source, missing, children }: GaugeProps) {
  return (
    <article className={classes.gauge} aria-label={label}>
      <h3 className={classes.label}>{label}</h3>
      <p className={classes.value}>
        {value}
        {of !== null && <small>of {of}</small>}
        {parts && <span className={classes.part}>{percent(parts.used + parts.other)}</span>}
      </p>
      <div className={classes.track} data-unknown={parts === null || undefined} aria-hidden="true">
        {parts && (
          <>
            <span data-tone={tone(parts.used + parts.other)} style={{ width: width(parts.used) }} />
            {parts.other > 0 && <span data-tone="other" style={{ width: width(parts.other) }} />}
            {mark !== null && <i style={{ insetInlineStart: width(mark) }} />}
          </>
        )}
      </div>
      {missing !== undefined && <p className={classes.missing}>{missing}</p>}
      {children}
      <dl className={classes.notes}>
        {notes.map(([name, text, key]) => (
          <div key={name}>
            <dt>
              {key && parts && <span className={classes.key} data-key={toneOfKey(key, parts)} aria-hidden="true" />}
              {name}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {source !== undefined && <p className={classes.source}>{source}</p>}
    </article>
  );
}

function width(part: number): string {
  return `${Math.min(100, part * 100).toFixed(2)}%`;
}

function percent(part: number): string {
  const full = part * 100;
  return `${full > 0 && full < 10 ? full.toFixed(1) : Math.round(full)} %`;
}

// A key has the colour that its part of the bar has.
function toneOfKey(key: "used" | "other" | "mark", { used, other }: NonNullable<GaugeProps["parts"]>): string {
  return key === "used" ? tone(used + other) : key;
}

function tone(part: number): "bad" | "warn" | "ok" {
  if (part >= 0.9) return "bad";
  return part >= 0.75 ? "warn" : "ok";
}
