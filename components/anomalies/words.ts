import { inWords, showMetric } from "@/components/ui/format";
import { exactDateTime } from "@/components/ui/time";
import type { anomaliesContract } from "@/lib/forecast/contract";
import type { OutputOf } from "@/lib/kernel/contract";

export type Anomaly = OutputOf<typeof anomaliesContract>["anomalies"][number];

type Watch = OutputOf<typeof anomaliesContract>["watch"];

/** Why nothing was found: the truth about it, which is not that all is as usual where that is not known yet. */
export function nothingWords({ tenants, usual, until, possible }: Watch, now: number): { title: string; text: string } {
  if (usual === 0 || until === null)
    return { title: "Not worked out yet", text: whenWorkedOut({ usual, possible }, now) };
  const looked = `Hours up to ${exactDateTime(until)} were looked at.`;
  if (usual === tenants)
    return {
      title: "Nothing out of the ordinary",
      text: `In this period every tenant did what it usually does at that hour. ${looked}`,
    };
  return {
    title: "Nothing out of the ordinary",
    text: `Of ${usual} of ${tenants} tenants it is known what is usual, and they did that in this period. Nothing is said of the others: they have less than 14 days of history. ${looked}`,
  };
}

function whenWorkedOut({ usual, possible }: Pick<Watch, "usual" | "possible">, now: number): string {
  const soon = "What is usual is being worked out from the history that is there: look again in some minutes.";
  if (usual > 0) return soon;
  const least = "What is usual is known once a tenant has 14 days of history";
  if (possible === null) return `${least}, and no hour of it is known yet.`;
  return Date.parse(possible) > now ? `${least}: for the first of them from ${exactDateTime(possible)}.` : soon;
}

type Far = Pick<Anomaly, "metric" | "direction" | "peak" | "expected">;

/** How far from usual a value was: "4.2 times what is usual at that hour". */
export function farWords({ direction, peak, expected }: Far): string {
  const times = expected > 0 && peak > 0 ? peak / expected : null;
  if (direction === "high") {
    if (times === null || times >= 1000) return "far above next to nothing, as is usual at that hour";
    return times >= 1.5
      ? `${short(times)} times what is usual at that hour`
      : `${percent(times - 1)} above usual for that hour`;
  }
  if (times === null) return "nothing, where there is usually some at that hour";
  return times <= 0.67
    ? `${fraction(times)} of what is usual at that hour`
    : `${percent(1 - times)} below usual for that hour`;
}

/** The values themselves: "84.0 % instead of about 20.0 %". */
export function valueWords({ metric, peak, expected }: Far): string {
  return `${inWords(showMetric(metric, peak))} instead of about ${inWords(showMetric(metric, expected))}`;
}

/** For how long something went on: "3 h", "2 d 4 h". */
export function lasted(from: string, to: string): string {
  const hours = Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 3_600_000));
  if (hours < 48) return `${hours} h`;
  const rest = hours % 24;
  return `${Math.floor(hours / 24)} d${rest > 0 ? ` ${rest} h` : ""}`;
}

const hour = 3_600_000;
const day = 24 * hour;

/** The address of the tenant's history around an anomaly: a day on either side, so that the usual is seen too. */
export function historyPath({ tenant, metric, from, to }: Anomaly, now: number): string {
  const end = Math.min(now, (to === null ? now : Date.parse(to)) + day);
  const begin = Date.parse(from) - day;
  const iso = (time: number) => new Date(Math.floor(time / 60_000) * 60_000).toISOString();
  const query = new URLSearchParams({ from: iso(begin), to: iso(end), metric });
  return `/tenants/${tenant.id}/history?${query}`;
}

function short(times: number): string {
  return new Intl.NumberFormat("en", { maximumFractionDigits: times < 10 ? 1 : 0 }).format(times);
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

function fraction(times: number): string {
  if (times < 0.01) return "less than a hundredth";
  return percent(times);
}
