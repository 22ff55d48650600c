import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import text from "@/components/ui/text.module.css";
import type { ScheduleView } from "@/lib/reports/contract-schedules";
import classes from "./reports.module.css";
import { mailStates, reportStates } from "./words";

/** How many addresses are told one by one. */
const told = 3;

/** What became of the newest report of a schedule, and of each mail. */
export function LastReport({ last }: Pick<ScheduleView, "last">) {
  if (last === null) return <span className={text.small}>None yet</span>;
  const { word, tone, busy } = reportStates[last.status];
  const failed = last.mails.filter(({ status }) => status === "failed");
  const rest = last.mails.filter(({ status }) => status !== "failed");
  // What went wrong comes first.
  const shown = [...failed, ...rest].slice(0, told);
  return (
    <span className={classes.mails}>
      <Link href={`/reports/${last.id}`} className={classes.last} title={last.words ?? last.title}>
        <Badge tone={tone} busy={busy}>
          {word}
        </Badge>
        <span className={text.small}>
          <RelativeTime at={last.finishedAt ?? last.createdAt} />
        </span>
      </Link>
      {last.words !== null && last.status === "failed" && <span className={text.small}>{last.words}</span>}
      {shown.map(({ address, status, words }) => (
        <span key={address} className={classes.mail}>
          <Badge tone={mailStates[status].tone} busy={mailStates[status].busy}>
            {mailStates[status].word}
          </Badge>
          <bdi>{address}</bdi>
          {status === "failed" && words !== null && <span className={classes.why}>{words}</span>}
        </span>
      ))}
      {last.mails.length > told && <span className={text.small}>and {last.mails.length - told} more</span>}
    </span>
  );
}
