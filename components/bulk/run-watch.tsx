"use client";

import { useQueries } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { runQuery } from "@/client/bulk-queries";
import { useLive } from "@/client/live";
import { Link } from "@/components/ui/link";
import { sayDone, sayFailed } from "@/components/ui/toast";
import type { RunDetail } from "@/lib/bulk/shapes";
import { AppError } from "@/lib/kernel/errors";
import { forget, remember, useWatchedRuns, watchedRuns } from "./watched-runs";
import { isEnded, outcomeWords, runHeading, runState } from "./words";

const lookMs = 5000;

/** Tells when a watched run ends or pauses, on whatever page, also while the browser is in the background. */
export function RunWatch() {
  const router = useRouter();
  const ids = Object.keys(useWatchedRuns());
  useLive(...(ids.length > 0 ? ["bulk"] : []));
  const answers = useQueries({
    queries: ids.map((id) => ({ ...runQuery(id), refetchInterval: lookMs, refetchIntervalInBackground: true })),
  });
  const turns = JSON.stringify(answers.map(({ data, error }) => data?.status ?? error?.name));
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what became of the runs matters
  useEffect(() => {
    answers.forEach(({ data, error }, index) => {
      if (data) tell(data, (path) => router.push(path));
      else if (error instanceof AppError && error.code === "not_found") forget(ids[index] ?? "");
    });
  }, [turns]);
  return null;
}

function tell(run: RunDetail, open: (path: string) => void): void {
  // Read anew: another tab may have told it already.
  const before = watchedRuns()[run.id];
  if (before === undefined || before === run.status) return;
  if (isEnded(run.status)) forget(run.id);
  else remember(run.id, run.status);
  if (!isEnded(run.status) && run.status !== "paused") return;
  const title = `${runState(run).word}: ${runHeading(run)}`;
  const body = run.status === "paused" && run.reason ? run.reason : `${outcomeWords(run.counts)}.`;
  if (document.hidden && "Notification" in window && Notification.permission === "granted") {
    const shown = new Notification(title, { body, tag: `${run.id}:${run.status}` });
    shown.onclick = () => {
      window.focus();
      open(`/bulk/${run.id}`);
      shown.close();
    };
    return;
  }
  const say = run.status === "paused" || run.counts.failed > 0 ? sayFailed : sayDone;
  say(
    <>
      {body} <Link href={`/bulk/${run.id}`}>Open the run</Link>
    </>,
    // Whoever asked to be told may be away from the screen: it waits for them.
    { title, stays: true },
  );
}
