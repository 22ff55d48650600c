import { CircleX } from "lucide-react";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ActivityView } from "@/lib/tenants/shapes";
import classes from "./activity-panel.module.css";
import { isFailure, typeWords } from "./type-groups";
import { withWrittenHosts } from "./written-hosts";

type ActivityItemProps = {
  activity: ActivityView;
  withTenant: boolean;
  /** The time of day, where the day stands above; else it is told how long ago it was. */
  clock?: string;
};

/** One thing that happened, who did it and when; what failed is marked. */
export function ActivityItem({ activity, withTenant, clock }: ActivityItemProps) {
  const { tenant, description, at, type } = activity;
  return (
    <li className={classes.item} title={typeWords(type)}>
      {isFailure(type) ? (
        <CircleX size={13} className={classes.failed} role="img" aria-label="Failed" />
      ) : (
        <span className={classes.dot} aria-hidden="true" />
      )}
      <div className={classes.words}>
        {withTenant && (
          <Link href={`/tenants/${tenant.id}`} className={classes.tenant} title={tenant.name} dir="auto">
            {tenant.name}
          </Link>
        )}
        <span className={classes.description}>{withWrittenHosts(description)}</span>
        <span className={classes.actor}>{by(activity)}</span>
      </div>
      <span className={classes.time}>
        {clock === undefined ? <RelativeTime at={at} /> : <time dateTime={at}>{clock}</time>}
      </span>
    </li>
  );
}

// Whoever is named in the description already is not named again.
function by({ description, actor, ipAddress }: ActivityView): string {
  const named = description.startsWith(`${actor} `) && ipAddress !== null;
  return [named ? "" : actor, ipAddress === null ? "" : `from ${ipAddress}`].filter((word) => word !== "").join(" ");
}
