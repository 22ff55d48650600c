"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleSlash } from "lucide-react";
import { runQuery } from "@/client/bulk-queries";
import { useLive } from "@/client/live";
import layout from "@/components/ui/layout.module.css";
import { Link } from "@/components/ui/link";
import { LoadError } from "@/components/ui/load-error";
import { Message } from "@/components/ui/message";
import type { RunDetail } from "@/lib/bulk/shapes";
import { AppError } from "@/lib/kernel/errors";
import { ItemDrawer } from "./item-drawer";
import { FailedItems, ItemsPanel } from "./items-panel";
import { PlanPanel } from "./plan-panel";
import { ProgressPanel } from "./progress-panel";
import { RunFacts } from "./run-facts";
import { RunHeader } from "./run-header";
import { useRunVerbs } from "./use-run-verbs";
import { WavesPanel } from "./waves-panel";
import { isPlan } from "./words";

/** One bulk run: as a plan to be confirmed, while it runs, and after its end. */
export function RunScreen({ id }: { id: string }) {
  useLive("bulk");
  const { data, error, refetch } = useQuery(runQuery(id));
  if (data) return <Run run={data} />;
  if (error instanceof AppError && error.code === "not_found") return <NoRun />;
  return error ? <LoadError what="The run" error={error} retry={refetch} /> : null;
}

function Run({ run }: { run: RunDetail }) {
  const verbs = useRunVerbs(run);
  const plan = isPlan(run.status);
  return (
    <div className={layout.stack}>
      <RunHeader run={run} verbs={verbs} />
      {plan ? <PlanPanel run={run} verbs={verbs} /> : <ProgressPanel run={run} verbs={verbs} />}
      {!plan && run.waves.length > 1 && <WavesPanel waves={run.waves} />}
      {!plan && run.counts.failed > 0 && <FailedItems run={run} />}
      <ItemsPanel run={run} />
      <RunFacts run={run} />
      <ItemDrawer run={run} />
    </div>
  );
}

function NoRun() {
  return (
    <Message page icon={CircleSlash} title="There is no such run" action={<Link href="/bulk">All bulk runs</Link>}>
      It does not exist, or it reaches tenants that are not yours to see.
    </Message>
  );
}
