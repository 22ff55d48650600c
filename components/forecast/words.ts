import { inWords, showMetric } from "@/components/ui/format";
import { plural } from "@/components/ui/plural";
import type { Forecast, Outlook } from "@/lib/forecast/contract";

type Reaching = NonNullable<Outlook["reaching"]>;
type Backtest = NonNullable<NonNullable<Forecast["detail"]>["backtest"]>;

/** When a limit is reached, with the band: "in 40 to 75 days". */
export function reachWords({ reached, days, soonest, latest }: Reaching, horizonDays: number): string {
  if (reached) return "reached";
  const first = soonest ?? days;
  if (first === null) return `not within ${horizonDays} days`;
  const from = whole(first);
  if (latest === null) return from === 0 ? "any day now or later" : `in ${plural(from, "day")} or later`;
  const to = whole(latest);
  if (to === 0) return latest > 0 ? "in less than a day" : "any day now";
  if (from === to) return `in ${plural(to, "day")}`;
  return from === 0 ? `within ${plural(to, "day")}` : `in ${from} to ${to} days`;
}

/** What the expected line alone says of it, where it gets there. */
export function expectedWords({ reached, days }: Reaching): string | null {
  if (days === null) return "the expected line does not get there";
  if (reached) return null;
  if (days <= 0) return "most likely by now";
  return whole(days) === 0 ? "most likely in less than a day" : `most likely in ${plural(whole(days), "day")}`;
}

/** How old the newest known value is; null where it is of the newest day that counts. */
export function ageWords(daysOld: number): string | null {
  return daysOld === 0 ? null : `newest value ${plural(daysOld, "day")} old`;
}

/** How soon it is, for colour: within a fortnight, within two months, or later. */
export function urgency({ days, soonest }: Reaching): "bad" | "warn" | "quiet" {
  const first = soonest ?? days;
  if (first === null) return "quiet";
  if ((days ?? Number.POSITIVE_INFINITY) <= 14) return "bad";
  return first <= 60 ? "warn" : "quiet";
}

/** How fast it grows: "+1.2 GiB a day". */
export function growthWords(metric: Outlook["metric"], perDay: number): string {
  const size = Math.abs(perDay);
  const shown = metric === "connections" ? number(size) : inWords(showMetric(metric, size));
  if (size === 0 || shown === "0") return "steady";
  return `${perDay < 0 ? "−" : "+"}${shown} a day`;
}

/** A value of what is foretold, with its unit. */
export function amount(metric: Outlook["metric"], value: number): string {
  return metric === "connections" ? number(value) : inWords(showMetric(metric, value));
}

/** How well the method would have done in the past, in plain words. */
export function backtestWords({ folds, horizonDays, error, covered }: Backtest): { title: string; words: string }[] {
  const part = Math.round(covered * 100);
  const judged =
    part < 65 ? "so trust the band less" : part > 93 ? "so the band is wider than it must be" : "as it should";
  const ratio = Math.round(error * 100) / 100;
  return [
    {
      title: "Does the band hold?",
      words: `In the past, ${part} % of what came lay in the band, ${judged} (80 % is right).`,
    },
    {
      title: "Is it better than “as today”?",
      words:
        error < 1
          ? `Yes: it was ${Math.round((1 - error) * 100)} % nearer to what came (scaled error ${ratio}, below 1 is better).`
          : `No: it was no nearer to what came (scaled error ${ratio}, below 1 is better).`,
    },
    {
      title: "How this was found",
      words: `${plural(folds, "forecast")} of ${plural(horizonDays, "day")}, each made from what was known then and held against what came.`,
    },
  ];
}

function whole(days: number): number {
  return Math.max(0, Math.round(days));
}

function number(value: number): string {
  return new Intl.NumberFormat("en", { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
