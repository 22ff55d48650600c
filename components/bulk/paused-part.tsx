"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Play, RotateCcw, TriangleAlert } from "lucide-react";
import { useAllowed } from "@/components/shell/user";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import { count } from "@/components/ui/format";
import type { RunDetail } from "@/lib/bulk/shapes";
import { AppError } from "@/lib/kernel/errors";
import classes from "./bulk.module.css";
import runClasses from "./run.module.css";
import type { RunVerbs } from "./use-run-verbs";
import { tenantWords } from "./words";

/** Why the run stands still, and what to do next. */
export function PausedPart({ run, verbs }: { run: RunDetail; verbs: RunVerbs }) {
  const mayControl = useAllowed("bulk:control");
  const [asking, { open, close }] = useDisclosure(false);
  const { counts } = run;
  const mayRetry = run.mayConfirm && counts.failed > 0;
  const usedUp = verbs.resume.error instanceof AppError && verbs.resume.error.reason === "budget_used_up";
  const resume = () =>
    verbs.resume.mutate(
      { id: run.id },
      {
        // More failed than it puts up with: whether to go on all the same is asked, not assumed.
        onError: (error) => error instanceof AppError && error.reason === "budget_used_up" && open(),
      },
    );
  return (
    <div className={runClasses.paused} data-failed={counts.failed > 0 || undefined}>
      <p className={runClasses.why}>
        <TriangleAlert size={16} aria-hidden="true" />
        <span>
          <strong>Paused.</strong> {run.reason ?? "Nothing new begins before it is resumed."}
          {counts.running > 0 && ` ${count(counts.running)} that had begun come to their end.`}
        </span>
      </p>
      <div className={classes.actions}>
        {mayRetry && (
          <Button
            leftSection={<RotateCcw size={15} aria-hidden="true" />}
            loading={verbs.retry.isPending}
            title="Tries the failed tenants again, then goes on with the rest."
            onClick={() => verbs.retry.mutate({ id: run.id })}
          >
            Retry {count(counts.failed)} failed and go on
          </Button>
        )}
        {mayControl && (
          <Button
            variant={mayRetry ? "default" : "filled"}
            leftSection={<Play size={14} aria-hidden="true" />}
            loading={verbs.resume.isPending && !asking}
            onClick={resume}
          >
            {counts.failed > 0 ? "Resume without them…" : "Resume"}
          </Button>
        )}
      </div>
      {!usedUp && !asking && <FormError error={verbs.resume.error} title="It was not resumed" />}
      <ConfirmDialog
        opened={asking}
        close={close}
        title={`Go on in spite of ${count(counts.failed)} failed?`}
        verb="Resume, ignoring failures"
        keep="Leave it paused"
        dangerous
        submit={verbs.resume}
        onConfirm={() => verbs.resume.mutate({ id: run.id, ignoreFailures: true }, { onSuccess: close })}
      >
        <ul>
          <li>{tenantWords(counts.failed)} failed: more than this run puts up with. They stay failed.</li>
          <li>{tenantWords(counts.pending)} that have not begun are worked on now.</li>
          <li>It pauses again only when as many more fail.</li>
        </ul>
      </ConfirmDialog>
    </div>
  );
}
