"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { runsQuery } from "@/client/bulk-queries";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import listClasses from "./runs.module.css";
import { runHeading, runState } from "./words";

/** The newest bulk runs that one tenant was part of; nothing where there was none. */
export function TenantRuns({ tenant }: { tenant: string }) {
  const { data } = useInfiniteQuery(runsQuery({ tenant, limit: 5 }));
  const runs = data?.pages[0]?.runs ?? [];
  if (runs.length === 0) return null;
  return (
    <Panel title="Bulk runs" note="that it was part of">
      <ul className={listClasses.small}>
        {runs.map((run) => {
          const { word, tone, busy } = runState(run);
          return (
            <li key={run.id}>
              <Link href={`/bulk/${run.id}`} title={runHeading(run)}>
                {runHeading(run)}
              </Link>
              <Badge tone={tone} busy={busy ?? false}>
                {word}
              </Badge>
              <span className={text.quiet}>
                <RelativeTime at={run.plannedAt} />
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
