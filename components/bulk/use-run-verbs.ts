"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useReadAgain } from "@/client/read-again";
import { useSubmit } from "@/client/use-submit";
import { sayDone } from "@/components/ui/toast";
import { itemLogContract, listItemsContract, listRunsContract, showRunContract } from "@/lib/bulk/contract";
import {
  cancelRunContract,
  confirmRunContract,
  pauseRunContract,
  replanRunContract,
  resumeRunContract,
  retryRunContract,
  undoRunContract,
} from "@/lib/bulk/contract-verbs";
import type { RunDetail, RunView } from "@/lib/bulk/shapes";
import { isPlan, runHeading } from "./words";

/** What can be asked of a run; each answer is on screen at once, and the rest is read again. */
export function useRunVerbs(run: RunDetail) {
  const cache = useQueryClient();
  const readAgain = useReadAgain();
  const router = useRouter();
  const keep = (next: RunView) => {
    cache.setQueryData<RunDetail>([showRunContract.id, next.id], (before) => before && { ...before, ...next });
    readAgain(showRunContract, listItemsContract, listRunsContract, itemLogContract);
  };
  // Only of what stays true: a run that goes on may stand still again before a message has gone. The page says that.
  const said = (words: string) => (next: RunView) => {
    keep(next);
    sayDone(words);
  };
  return {
    confirm: useSubmit(confirmRunContract, keep, () => confirmWords(run)),
    replan: useSubmit(replanRunContract, said("The plan was made anew. Read it before you confirm.")),
    pause: useSubmit(pauseRunContract, said("Paused: what runs comes to its end, nothing new begins.")),
    resume: useSubmit(resumeRunContract, keep),
    cancel: useSubmit(
      cancelRunContract,
      said(isPlan(run.status) ? "The plan was discarded." : "The run was cancelled."),
    ),
    retry: useSubmit(retryRunContract, keep),
    undo: useSubmit(undoRunContract, (plan) => {
      readAgain(showRunContract, listRunsContract);
      router.push(`/bulk/${plan.id}`);
    }),
  };
}

export type RunVerbs = ReturnType<typeof useRunVerbs>;

/** What is being confirmed, as the dialog for the code says it. */
function confirmWords(run: RunDetail): string {
  return [`${runHeading(run)}.`, ...run.radius, `Plan ${shortDigest(run.digest)}.`].join(" ");
}

/** A digest as people compare it. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
