import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ActivityView } from "@/lib/tenants/contract";
import classes from "./activity-panel.module.css";
import { withWrittenHosts } from "./written-hosts";

/** One thing that happened, who did it and when. */
export function ActivityItem({ activity, withTenant }: { activity: ActivityView; withTenant: boolean }) {
  const { tenant, description, actor, ipAddress, at, type } = activity;
  return (
    <li className={classes.item} title={type}>
      <span className={classes.dot} aria-hidden="true" />
      <div className={classes.words}>
        {withTenant && (
          <Link href={`/tenants/${tenant.id}`} className={classes.tenant} title={tenant.name}>
            <bdi>{tenant.name}</bdi>
          </Link>
        )}
        <span className={classes.description}>{withWrittenHosts(description)}</span>
        <span className={classes.actor}>
          {actor}
          {ipAddress !== null && ` from ${ipAddress}`}
        </span>
      </div>
      <span className={classes.time}>
        <RelativeTime at={at} />
      </span>
    </li>
  );
}
