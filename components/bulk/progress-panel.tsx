"use client";

import { Button } from "@mantine/core";
import { RotateCcw, Undo2 } from "lucide-react";
import { useNow } from "@/client/now";
import { useAllowed } from "@/components/shell/user";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import text from "@/components/ui/text.module.css";
import { exactDateTime } from "@/components/ui/time";
import type { RunDetail } from "@/lib/bulk/shapes";
import classes from "./bulk.module.css";
import { PausedPart } from "./paused-part";
import { ProgressBar } from "./progress-bar";
import runClasses from "./run.module.css";
import type { RunVerbs } from "./use-run-verbs";
import { isEnded, outcomeWords, spanWords, tenantWords } from "./words";

type ProgressPanelProps = { run: RunDetail; verbs: RunVerbs };

/** How far the run has come, how fast it is, and what can be done where it stands still or has ended. */
export function ProgressPanel({ run, verbs }: ProgressPanelProps) {
  const { counts, total } = run;
  const ended = total - counts.pending - counts.running;
  return (
    <section className={runClasses.progress} aria-label="Progress">
      <div className={runClasses.numbers}>
        <p className={runClasses.large}>
          <strong>{count(ended)}</strong> of {tenantWords(total)}
        </p>
        <p className={runClasses.pace}>
          <Pace run={run} />
        </p>
      </div>
      <ProgressBar counts={counts} label="Progress of the run" size="thick" />
      <p className={runClasses.outcome}>{outcomeWords(counts)}</p>
      {run.waitsFor.length > 0 && (
        <ul className={runClasses.waits}>
          {run.waitsFor.map((other) => (
            <li key={other.run}>
              {tenantWords(other.tenants)} {other.tenants === 1 ? "waits" : "wait"} for{" "}
              <Link href={`/bulk/${other.run}`}>{other.title}</Link>, which was confirmed before.
            </li>
          ))}
        </ul>
      )}
      {run.status === "paused" && <PausedPart run={run} verbs={verbs} />}
      {isEnded(run.status) && <EndedPart run={run} verbs={verbs} />}
    </section>
  );
}

function Pace({ run }: { run: RunDetail }) {
  const now = useNow(1000);
  if (isEnded(run.status)) {
    if (run.startedAt === null || run.finishedAt === null) return "It never began";
    return `Took ${spanWords((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000)}`;
  }
  if (run.status === "paused") return "Stands still";
  const since = run.startedAt === null || now === null ? null : (now - Date.parse(run.startedAt)) / 1000;
  const parts = [
    run.perSecond === null ? null : `${rate(run.perSecond)}`,
    run.secondsLeft === null ? null : `about ${spanWords(run.secondsLeft)} left`,
    since === null ? null : `running for ${spanWords(since)}`,
  ].filter((part) => part !== null);
  return <span className="tabular">{parts.join(" · ")}</span>;
}

function rate(perSecond: number): string {
  if (perSecond === 0) return "none in the last minute";
  if (perSecond < 1) return `${Math.max(1, Math.round(perSecond * 60))} a minute`;
  return `${perSecond < 10 ? perSecond.toFixed(1) : count(perSecond)} a second`;
}

/** After the end: what came of it, and the two ways from there. */
function EndedPart({ run, verbs }: ProgressPanelProps) {
  const mayConfirm = useAllowed("bulk:confirm") && run.mayConfirm;
  const { counts } = run;
  const mayRetry = mayConfirm && counts.failed > 0 && run.status !== "expired";
  const mayUndo = mayConfirm && run.undoable > 0;
  return (
    <div className={runClasses.ended}>
      <p>
        {run.status === "expired" && "Nobody confirmed it within a day. Nothing was done."}
        {run.status === "cancelled" && (run.reason ?? "It was cancelled.")}
        {run.status === "finished" &&
          counts.failed > 0 &&
          `${tenantWords(counts.failed)} failed. What failed is listed below, each with its reason.`}{" "}
        {run.finishedAt !== null && <EndTime at={run.finishedAt} />}
      </p>
      {(mayRetry || mayUndo) && (
        <div className={classes.actions}>
          {mayRetry && (
            <Button
              leftSection={<RotateCcw size={15} aria-hidden="true" />}
              loading={verbs.retry.isPending}
              onClick={() => verbs.retry.mutate({ id: run.id })}
            >
              Retry {count(counts.failed)} failed
            </Button>
          )}
          {mayUndo && (
            <Button
              variant="default"
              leftSection={<Undo2 size={15} aria-hidden="true" />}
              title="Makes a plan that takes back what this run did. Nothing is done before it is confirmed."
              loading={verbs.undo.isPending}
              onClick={() => verbs.undo.mutate({ id: run.id })}
            >
              {run.undoneBy === null ? `Undo for ${tenantWords(run.undoable)}…` : "Undo what is left…"}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function EndTime({ at }: { at: string }) {
  const alive = useNow(60_000) !== null;
  return (
    <time dateTime={at} className={text.quiet}>
      Ended {alive ? exactDateTime(at) : at.slice(0, 10)}
    </time>
  );
}
