import { Badge } from "@/components/ui/status-badge";
import classes from "./statements.module.css";
import { doesWords, type Running, waitWords } from "./words";

/** From here on a statement has been running long enough to be looked at, in seconds. */
const long = 5;

/** What runs now, the longest first. */
export function RunningList({ running }: { running: readonly Running[] }) {
  return (
    <ul className={classes.running} aria-label="What runs now">
      {running.map((one) => (
        <li key={one.pid}>
          <div className={classes.line}>
            <Badge tone={toneOf(one)}>{doesWords(one)}</Badge>
            <span className={classes.about}>{aboutOf(one).join(" · ")}</span>
          </div>
          <code className={classes.statement} {...(!one.constants && { title: "Constants are not shown." })}>
            {one.statement ?? "not known"}
          </code>
        </li>
      ))}
    </ul>
  );
}

function toneOf({ state, seconds, blockedBy }: Running): "bad" | "warn" | "quiet" {
  if (blockedBy.length > 0) return "bad";
  return (seconds ?? 0) >= long && state !== "unknown" ? "warn" : "quiet";
}

function aboutOf(one: Running): string[] {
  const { application, client, role, pid } = one;
  const wait = waitWords(one);
  return [
    ...(wait === null ? [] : [wait]),
    application === "" ? "application without a name" : application,
    ...(client === null ? [] : [`from ${client}`]),
    ...(role === null ? [] : [`as ${role}`]),
    `pid ${pid}`,
  ];
}
