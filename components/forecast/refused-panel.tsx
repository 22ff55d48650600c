"use client";

import { useAllowed } from "@/components/shell/user";
import { setLimitsPath } from "@/components/tenants/selection-path";
import { DataTable } from "@/components/ui/data-table";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { plural } from "@/components/ui/plural";
import type { Outlook } from "@/lib/forecast/contract";
import classes from "./forecast.module.css";
import { FullBar } from "./full-bar";
import { SubjectName } from "./subject-name";
import { subjectId, useDetail } from "./use-detail";
import { growthWords } from "./words";

type RefusedPanelProps = { outlooks: readonly Outlook[]; alone: boolean };

/** Those of whom nothing is foretold: why, and what to do about it. */
export function RefusedPanel({ outlooks, alone }: RefusedPanelProps) {
  const open = useDetail();
  return (
    <Panel
      title="Nothing foretold"
      note={alone ? "for any of them yet" : `for ${plural(outlooks.length, "tenant or server", "tenants and servers")}`}
      flush
    >
      <DataTable
        label="Nothing foretold"
        rows={outlooks.map((outlook) => ({ ...outlook, id: subjectId(outlook) }))}
        actionsWidth={150}
        actions={(outlook) => <WhatToDo outlook={outlook} />}
        columns={[
          {
            id: "subject",
            header: "Tenant or server",
            cell: (outlook) => <SubjectName outlook={outlook} open={() => open(outlook)} />,
          },
          {
            id: "why",
            header: "Why",
            width: 330,
            wraps: true,
            cell: ({ refused }) => refused?.words,
          },
          {
            id: "grows",
            header: "Grows",
            width: 130,
            cell: ({ metric, perDay }) => (perDay === null ? "unknown" : growthWords(metric, perDay)),
          },
          {
            id: "full",
            header: "Now",
            width: 160,
            cell: ({ metric, now, limit, limitSource }) => (
              <FullBar metric={metric} now={now} limit={limit} source={limitSource} />
            ),
          },
        ]}
      />
    </Panel>
  );
}

function WhatToDo({ outlook: { subject, refused } }: { outlook: Outlook }) {
  const maySetSize = useAllowed("servers:read");
  const mayPlan = useAllowed("bulk:read");
  const maySetLimits = useAllowed("tenants:update") && mayPlan;
  if (refused?.code !== "no_limit") return null;
  if (subject.kind === "tenant") {
    if (!maySetLimits) return null;
    return (
      <Link href={setLimitsPath(subject.tenant.id)} className={classes.do}>
        Set a limit
      </Link>
    );
  }
  if (!maySetSize) return null;
  return (
    <Link href="/servers" className={classes.do}>
      Give the disk&apos;s size
    </Link>
  );
}
