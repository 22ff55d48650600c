"use client";

import { Button } from "@mantine/core";
import { History } from "lucide-react";
import { useZone } from "@/components/analytics/zone";
import { clockIn, stepIn } from "@/components/analytics/zoned-time";
import { Message } from "@/components/ui/message";
import { Panel } from "@/components/ui/panel";
import type { ActivityView } from "@/lib/tenants/shapes";
import { ActivityItem } from "./activity-item";
import panel from "./activity-panel.module.css";
import classes from "./timeline.module.css";

type TimelineProps = {
  activities: readonly ActivityView[];
  narrowed: boolean;
  clear: () => void;
  more: boolean;
  loading: boolean;
  next: () => void;
};

const daySeconds = 86_400;

/** The activities under the days on which they happened, newest first, with the way to older ones. */
export function Timeline({ activities, narrowed, clear, more, loading, next }: TimelineProps) {
  const zone = useZone();
  const days = byDay(activities, (at) => stepIn(zone, at, daySeconds));
  return (
    <Panel title="Timeline" note="newest first" flush>
      {activities.length === 0 && <Nothing narrowed={narrowed} clear={clear} />}
      {[...days].map(([day, happened]) => (
        <section key={day} aria-label={day}>
          <h3 className={classes.day}>{day}</h3>
          <ol className={panel.list} aria-label={`Activities of ${day}`}>
            {happened.map((activity) => (
              <ActivityItem key={activity.id} activity={activity} withTenant clock={clockIn(zone, activity.at)} />
            ))}
          </ol>
        </section>
      ))}
      {more && (
        <div className={panel.more}>
          <Button variant="subtle" size="xs" loading={loading} onClick={next}>
            Show older activity
          </Button>
        </div>
      )}
    </Panel>
  );
}

function byDay(activities: readonly ActivityView[], dayOf: (at: string) => string): Map<string, ActivityView[]> {
  const days = new Map<string, ActivityView[]>();
  for (const activity of activities) {
    const day = dayOf(activity.at);
    days.set(day, [...(days.get(day) ?? []), activity]);
  }
  return days;
}

function Nothing({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  if (!narrowed) {
    return (
      <Message icon={History} title="Nothing happened in this period">
        Creations, status changes, migrations, sign-ins and bulk runs appear here, with who did them.
      </Message>
    );
  }
  const action = (
    <Button variant="default" size="xs" onClick={clear}>
      Clear the filter
    </Button>
  );
  return (
    <Message icon={History} title="Nothing matches" action={action}>
      No activity in this period fits all parts of the filter.
    </Message>
  );
}
