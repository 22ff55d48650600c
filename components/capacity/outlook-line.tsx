import { ageWords, reachWords, urgency } from "@/components/forecast/words";
import { Link } from "@/components/ui/link";
import { Badge } from "@/components/ui/status-badge";
import type { Outlook } from "@/lib/forecast/contract";
import { metrics } from "@/lib/kernel/metrics";
import classes from "./capacity.module.css";

/** How far the outlooks of this page reach, as the operation makes them. */
const horizonDays = 365;

/** When one of a server's limits is reached, in a line that leads to how this was found. */
export function OutlookLine({ outlook: { subject, metric, reaching, refused, daysOld } }: { outlook: Outlook }) {
  const id = subject.kind === "server" ? subject.server.id : subject.tenant.id;
  const age = ageWords(daysOld);
  const label = metric === "storage" ? "Disk full" : `${metrics[metric].label} used up`;
  return (
    <li>
      {reaching ? (
        <Badge tone={urgency(reaching)}>
          {`${label} ${reachWords(reaching, horizonDays)}${age === null ? "" : ` (${age})`}`}
        </Badge>
      ) : (
        <span className={classes.refused}>
          {metrics[metric].label}: {refused?.words ?? "nothing is foretold"}
        </span>
      )}
      <Link href={`/analytics/forecast?metric=${metric}&onServer=${id}`}>How this was found</Link>
    </li>
  );
}
