"use client";

import { useNow } from "@/client/now";
import { useZone } from "@/components/analytics/zone";
import { dayIn } from "@/components/analytics/zoned-time";
import { type Column, DataTable, TwoLines } from "@/components/ui/data-table";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import { Badge } from "@/components/ui/status-badge";
import type { Outlook } from "@/lib/forecast/contract";
import classes from "./forecast.module.css";
import { FullBar } from "./full-bar";
import { SubjectName } from "./subject-name";
import { subjectId, useDetail } from "./use-detail";
import { ageWords, expectedWords, growthWords, reachWords, urgency } from "./words";

type OutlooksPanelProps = { outlooks: readonly Outlook[]; horizonDays: number };

/** Those of whom something can be said, soonest first; a click shows the history, the band and how well it works. */
export function OutlooksPanel({ outlooks, horizonDays }: OutlooksPanelProps) {
  const zone = useZone();
  const now = useNow(60_000);
  const within = outlooks.filter(({ reaching }) => (reaching?.soonest ?? reaching?.days ?? null) !== null).length;
  const open = useDetail();
  return (
    <Panel
      title="When limits are reached"
      note={
        within === 0
          ? `none within ${horizonDays} days`
          : `${plural(within, "limit")} may be reached within ${horizonDays} days`
      }
      flush
    >
      <DataTable
        label="When limits are reached"
        rows={outlooks.map((outlook) => ({ ...outlook, id: subjectId(outlook) }))}
        columns={columns({ horizonDays, open, day: (days) => (now === null ? null : dayIn(zone, now + days * dayMs)) })}
        faded={isBeyond}
      />
    </Panel>
  );
}

const dayMs = 86_400_000;

type Shown = { horizonDays: number; open: (outlook: Outlook) => void; day: (days: number) => string | null };

function columns({ horizonDays, open, day }: Shown): Column<Outlook & { id: string }>[] {
  return [
    {
      id: "subject",
      header: "Tenant or server",
      cell: (outlook) => <SubjectName outlook={outlook} open={() => open(outlook)} />,
    },
    {
      id: "reaches",
      header: "Reaches its limit",
      width: 230,
      cell: ({ reaching, daysOld }) =>
        reaching && (
          <TwoLines
            first={
              <span className={classes.reach} data-tone={urgency(reaching)}>
                {capitalised(reachWords(reaching, horizonDays))}
              </span>
            }
            second={[dates(reaching, day) ?? expectedWords(reaching), ageWords(daysOld)].filter(Boolean).join(" · ")}
          />
        ),
    },
    {
      id: "full",
      header: "Now, of its limit",
      width: 220,
      cell: ({ metric, now, limit, limitSource }) => (
        <FullBar metric={metric} now={now} limit={limit} source={limitSource} />
      ),
    },
    {
      id: "grows",
      header: "Grows",
      width: 130,
      cell: ({ metric, perDay }) =>
        perDay === null ? "unknown" : <span className="tabular">{growthWords(metric, perDay)}</span>,
    },
    {
      id: "soon",
      header: "How soon",
      width: 110,
      cell: ({ reaching }) => {
        if (!reaching) return null;
        const tone = urgency(reaching);
        return <Badge tone={tone}>{toneWords[tone]}</Badge>;
      },
    },
  ];
}

const toneWords = { bad: "Act now", warn: "Plan", quiet: "Later" } as const;

function dates({ days, soonest, latest }: NonNullable<Outlook["reaching"]>, day: Shown["day"]): string | null {
  const first = soonest ?? days;
  // Also where it is reached: what is expected by now has no dates.
  if (first === null || (days !== null && days <= 0)) return null;
  const [from, to] = [day(first), latest === null ? null : day(latest)];
  if (from === null) return null;
  if (to === null) return `${from} or later`;
  return from === to ? from : `${from} – ${to}`;
}

function isBeyond({ reaching }: Outlook): boolean {
  return (reaching?.soonest ?? reaching?.days ?? null) === null;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
