"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Bell, BellRing, Pause } from "lucide-react";
import { useAllowed } from "@/components/shell/user";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import { count } from "@/components/ui/format";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status-badge";
import { ThingHeader } from "@/components/ui/thing-header";
import type { RunDetail } from "@/lib/bulk/shapes";
import runClasses from "./run.module.css";
import type { RunVerbs } from "./use-run-verbs";
import { useWatch } from "./watched-runs";
import { isEnded, isPlan, runHeading, runState } from "./words";

type RunHeaderProps = { run: RunDetail; verbs: RunVerbs };

/** What the run does, how it stands, and what stops it. */
export function RunHeader({ run, verbs }: RunHeaderProps) {
  const { word, tone, busy } = runState(run);
  return (
    <ThingHeader
      place={{ href: "/bulk", name: "Bulk runs" }}
      here={run.id.slice(-8)}
      title={runHeading(run)}
      under={
        <>
          {" "}
          <span role="status">
            <Badge tone={tone} busy={busy ?? false}>
              {word}
            </Badge>
          </span>
          <span>
            Planned by <bdi>{run.plannedBy}</bdi> <RelativeTime at={run.plannedAt} />
          </span>
          {run.undoOf !== null && (
            <span>
              Takes back <Link href={`/bulk/${run.undoOf}`}>this run</Link>
            </span>
          )}
          {run.undoneBy !== null && (
            <span>
              Taken back by <Link href={`/bulk/${run.undoneBy}`}>this run</Link>
            </span>
          )}
        </>
      }
      actions={
        <>
          {" "}
          {!isEnded(run.status) && <WatchButton run={run} />}
          <StopButtons run={run} verbs={verbs} />
        </>
      }
    >
      {run.note !== "" && <Callout>{run.note}</Callout>}
      <FormError error={verbs.pause.error ?? verbs.retry.error ?? verbs.undo.error} />
    </ThingHeader>
  );
}

function WatchButton({ run }: { run: RunDetail }) {
  const { watched, toggle } = useWatch(run);
  const Icon = watched ? BellRing : Bell;
  return (
    <Button
      variant="default"
      aria-pressed={watched}
      leftSection={<Icon size={14} aria-hidden="true" />}
      title="Told by this browser when the run ends or pauses, whatever page is open."
      onClick={() => void toggle()}
    >
      {watched ? "You will be told" : "Tell me when it ends"}
    </Button>
  );
}

function StopButtons({ run, verbs }: RunHeaderProps) {
  const mayControl = useAllowed("bulk:control");
  const [asking, { open, close }] = useDisclosure(false);
  const { status, counts } = run;
  if (!mayControl || isPlan(status)) return null;
  const stoppable = status === "running" || status === "paused";
  return (
    <>
      {status === "running" && (
        <Button
          variant="default"
          leftSection={<Pause size={14} aria-hidden="true" />}
          loading={verbs.pause.isPending}
          onClick={() => verbs.pause.mutate({ id: run.id })}
        >
          Pause
        </Button>
      )}
      {stoppable && (
        <Button size="xs" variant="default" className={runClasses.stop ?? ""} onClick={open}>
          Cancel run…
        </Button>
      )}
      <ConfirmDialog
        opened={asking && stoppable}
        close={close}
        title="Cancel this run for good?"
        verb="Cancel run"
        keep="Keep the run"
        dangerous
        submit={verbs.cancel}
        onConfirm={() => verbs.cancel.mutate({ id: run.id }, { onSuccess: close })}
      >
        <ul>
          <li>
            {counts.running > 0
              ? `${count(counts.running)} that are being worked on come to their end.`
              : "None is being worked on now."}
          </li>
          <li>{count(counts.pending)} that have not begun are left as they are.</li>
          <li>{count(counts.done)} that are done stay done. It can't be resumed; a pause can.</li>
        </ul>
      </ConfirmDialog>
    </>
  );
}
