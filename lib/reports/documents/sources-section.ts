import type { Span } from "@/lib/history/shapes";
import type { showHistory } from "@/lib/history/show-history";
import { type Metric, metrics, type Source, sources } from "@/lib/kernel/metrics";
import type { showHealth } from "@/lib/system/show-health";
import type { Block, Section } from "../pdf/document";
import { counted } from "../pdf/figures";
import { moment } from "../pdf/moments";
import type { AnswerOf } from "./fleet-facts";
import type { Gap } from "./gaps";

type Told = {
  span: Span;
  zone: string;
  /** By which each metric was measured. */
  measuredBy: Partial<Record<Metric, readonly string[]>>;
  gaps: readonly Gap[];
  leftOut: readonly string[];
  history?: AnswerOf<typeof showHistory> | undefined;
  health?: AnswerOf<typeof showHealth> | undefined;
};

const mostGaps = 40;

/** How the figures were measured, what was not, and what is left out. */
export function sourcesSection(told: Told): Section {
  const { span, zone, gaps, leftOut, health } = told;
  const blocks: Block[] = [
    { kind: "heading", text: "How it was measured" },
    { kind: "facts", rows: [...howMeasured(told), ...howRead(told)] },
    { kind: "heading", text: "What was not measured" },
    gapsTable(gaps, span, zone),
  ];
  if (leftOut.length > 0) {
    blocks.push({ kind: "heading", text: "What is left out" });
    const text = `The rights of whom this report was made for do not cover: ${leftOut.join(", ")}.`;
    blocks.push({ kind: "text", text });
  }
  const ill = (health?.parts ?? []).filter(({ state }) => state !== "ok");
  if (health) {
    blocks.push({ kind: "heading", text: "The installation when this was made" });
    const text = ill.length === 0 ? "All parts were well." : `${counted(ill.length, "part")} needed a look.`;
    blocks.push({ kind: "text", text });
    if (ill.length > 0)
      blocks.push({
        kind: "facts",
        rows: ill.map(({ label, state, words }) => ({ label, value: `${state}: ${words}` })),
      });
  }
  return { title: "Sources and gaps", blocks };
}

function howMeasured({ measuredBy }: Told) {
  return Object.entries(measuredBy).map(([metric, names]) => {
    const { label, unit } = metrics[metric as Metric];
    const how = names.map((name) => (name in sources ? sources[name as Source] : name));
    return { label: `${label} (${unit})`, value: how.length > 0 ? how.join("; ") : "not measured in the period" };
  });
}

const levelWords = { raw: "every sample", minute: "minutes", hour: "hours", day: "days" } as const;

function howRead({ span, zone, history }: Told) {
  const rows = [
    { label: "Read from", value: `what is kept by ${levelWords[span.level]}, from ${moment(span.from, zone)}` },
    {
      label: "Complete up to",
      value:
        span.asOf === null ? "nothing is in yet" : moment(Math.min(Date.parse(span.asOf), Date.parse(span.to)), zone),
    },
  ];
  const kept = (history?.levels ?? []).map(
    ({ level, retentionDays }) => `${levelWords[level]} ${counted(retentionDays, "day")}`,
  );
  if (kept.length > 0) rows.push({ label: "Kept for", value: kept.join(", ") });
  if (span.madeUpUntil !== null)
    rows.push({ label: "Made up", value: `for the demonstration, up to ${moment(span.madeUpUntil, zone)}` });
  return rows;
}

function gapsTable(gaps: readonly Gap[], span: Span, zone: string): Block {
  return {
    kind: "table",
    columns: [
      { title: "From", align: "start", width: "auto" },
      { title: "To", align: "start", width: "auto" },
      { title: "How long", align: "start", width: 1 },
    ],
    rows: gaps.slice(0, mostGaps).map(({ from, to }) => [moment(from, zone), moment(to, zone), lengthOf(to - from)]),
    empty: "Something was measured in every step of the period.",
    note: `In steps of ${lengthOf(span.stepSeconds * 1000)}${gaps.length > mostGaps ? `; these are the first ${mostGaps} of ${gaps.length}` : ""}.`,
  };
}

/** A length of time in its largest unit. */
export function lengthOf(ms: number): string {
  const units = [
    ["day", 86_400_000],
    ["hour", 3_600_000],
    ["minute", 60_000],
  ] as const;
  for (const [name, length] of units)
    if (ms >= length) {
      const value = Math.round((ms / length) * 10) / 10;
      return `${value} ${value === 1 ? name : `${name}s`}`;
    }
  return counted(Math.round(ms / 1000), "second");
}

/** What is made up has to be known before anything else is read; "" where everything was measured. */
export function madeUpWarning({ from, madeUpUntil }: Pick<Span, "from" | "madeUpUntil">, zone: string): string {
  if (madeUpUntil === null || madeUpUntil <= from) return "";
  return `Figures up to ${moment(madeUpUntil, zone)} were made up for the demonstration: nobody measured them.`;
}
