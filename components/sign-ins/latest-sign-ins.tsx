import { ActivityItem } from "@/components/activities/activity-item";
import activities from "@/components/activities/activity-panel.module.css";
import { useCarry } from "@/components/analytics/carry";
import { Link } from "@/components/ui/link";
import { Panel } from "@/components/ui/panel";
import type { ActivityView } from "@/lib/tenants/shapes";
import classes from "./sign-ins.module.css";

/** How many of the newest are shown; all of them are in the timeline. */
const most = 8;

/** The newest sign-ins, as the timeline has them. */
export function LatestSignIns({ latest }: { latest: readonly ActivityView[] }) {
  const carry = useCarry();
  return (
    <Panel
      title="Latest"
      actions={
        <Link href={carry("/analytics/activity", { group: "signIns" })} className={classes.link}>
          All in the timeline
        </Link>
      }
      flush
    >
      <ol className={activities.list} aria-label="Latest sign-ins">
        {latest.slice(0, most).map((activity) => (
          <ActivityItem key={activity.id} activity={activity} withTenant />
        ))}
      </ol>
    </Panel>
  );
}
