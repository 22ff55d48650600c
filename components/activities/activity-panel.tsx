"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { activitiesQuery } from "@/client/queries";
import { ExportMenu } from "@/components/reports/export-menu";
import { MoreRows } from "@/components/ui/list";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import { ActivityItem } from "./activity-item";
import classes from "./activity-panel.module.css";

/** What happened, newest first: to one tenant or to all. */
export function ActivityPanel({ tenant, limit }: { tenant?: string; limit: number }) {
  const query = useInfiniteQuery(activitiesQuery(tenant, limit));
  const activities = query.data?.pages.flatMap((page) => page.activities) ?? [];
  return (
    <Panel
      title={tenant === undefined ? "Recent activity" : "Activity"}
      actions={
        tenant !== undefined && (
          <ExportMenu table="activities" what="Activities of the last year" input={{ tenant, range: "1y" }} />
        )
      }
      flush
    >
      {query.error && !query.data && <LoadError what="Activity" error={query.error} retry={query.refetch} />}
      {query.data && activities.length === 0 && (
        <Message icon={History} title="Nothing happened yet">
          Creations, status changes and edits appear here, with who did them.
        </Message>
      )}
      <ol className={classes.list}>
        {activities.map((activity) => (
          <ActivityItem key={activity.id} activity={activity} withTenant={tenant === undefined} />
        ))}
      </ol>
      <MoreRows query={query} words="Show older activity" />
    </Panel>
  );
}
