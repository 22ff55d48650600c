import { CircleCheck, TriangleAlert } from "lucide-react";
import { plural } from "@/components/ui/plural";
import type { ProcessView } from "@/lib/processes/contract";
import { troublesOf } from "./process-words";
import type { Rates } from "./rates";
import classes from "./runtime.module.css";

/** Whether anything is wrong at this moment, in sentences. */
export function Troubles({ processes, rates }: { processes: readonly ProcessView[]; rates: Rates | undefined }) {
  const troubles = troublesOf(processes, rates);
  const running = processes.filter(({ state }) => state === "running").length;
  if (troubles.length === 0)
    return (
      <p className={classes.verdict} role="status">
        <CircleCheck size={16} aria-hidden="true" />
        {`${plural(running, "process", "processes")} ${running === 1 ? "runs" : "run"}, none is short of connections, and nobody waits.`}
      </p>
    );
  return (
    <div className={classes.troubles}>
      <TriangleAlert size={16} aria-hidden="true" />
      <ul aria-label="What is wrong now">
        {troubles.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </div>
  );
}
