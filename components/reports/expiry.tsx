"use client";

import { useClock } from "@/client/now";
import { calendarDay } from "@/components/ui/time";
import type { ReportView } from "@/lib/reports/shapes";
import classes from "./reports.module.css";

const dayMs = 86_400_000;
const soonDays = 2;

/** Until when a report's file is kept. */
export function Expiry({ file }: Pick<ReportView, "file">) {
  const at = file?.expiresAt ?? null;
  const days = useClock(60_000, (now) => (at === null ? 0 : Math.floor((Date.parse(at) - now) / dayMs)));
  if (file === null) return <>—</>;
  if (file.removed) return <>File removed</>;
  if (at === null) return <>Until removed</>;
  const near = days !== null && days < soonDays;
  return (
    <time dateTime={at} className={near ? classes.near : undefined} title={`Kept until ${at}`} suppressHydrationWarning>
      {days === null ? at.slice(0, 10) : near ? nearWords(days) : `until ${calendarDay(at)}`}
    </time>
  );
}

function nearWords(days: number): string {
  if (days < 0) return "goes any minute";
  return days < 1 ? "less than a day" : "1 more day";
}
