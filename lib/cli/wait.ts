import { setTimeout as sleep } from "node:timers/promises";
import type { Operations } from "@/lib/sdk/generated";
import type { Cli } from "./command";
import { Failed } from "./failure";
import { counted } from "./output";

export type Run = Operations["bulk.pause"]["output"];
type Tenant = Operations["tenants.show"]["output"];
type Step = Operations["tenants.steps"]["output"]["steps"][number];

/** Milliseconds between two looks at what is waited for. */
const pace = 1000;

const pause = (cli: Cli) => sleep(pace, undefined, { signal: cli.signal });

/** Follows a run until it has ended or stands still, and answers with how it stands then. */
export async function runEnded(cli: Cli, id: string): Promise<Run> {
  cli.meanwhile(`The run goes on. Look at it: tenantry runs watch ${id}`);
  const progress = cli.out.progress("Starting");
  try {
    for (;;) {
      const run = await cli.send("bulk.show", { id });
      const { pending = 0, running = 0 } = run.counts;
      progress.at(run.total - pending - running, runWords(run), run.total);
      if (["finished", "cancelled", "expired", "paused"].includes(run.status)) return run;
      await pause(cli);
    }
  } finally {
    progress.end();
  }
}

/** How a run stands, in words. */
export function runWords({ status, counts, reason }: Run): string {
  const parts = Object.entries(counts).filter(([, count]) => count);
  const stands = parts.map(([name, count]) => `${count} ${name}`).join(", ");
  return `${statusWords[status]}: ${stands}${reason ? `. ${reason}` : ""}`;
}

const statusWords: Record<Run["status"], string> = {
  planned: "waits to be confirmed",
  awaiting_second: "waits for a second person",
  running: "running",
  paused: "paused",
  cancelling: "being cancelled",
  cancelled: "cancelled",
  finished: "finished",
  expired: "expired",
};

/** Throws unless a run did all that it should. */
export function checkRun(run: Run): void {
  const failed = run.counts.failed ?? 0;
  if (run.status === "finished" && failed === 0) return;
  const how = `See: tenantry runs items ${run.id} --status failed`;
  if (run.status === "finished") throw new Failed(`${counted(failed, "tenant")} of ${run.total} failed. ${how}`);
  if (run.status === "paused") throw new Failed(`The run is paused. ${how}. Go on: tenantry runs resume ${run.id}`);
  throw new Failed(`The run is ${statusWords[run.status]}.`);
}

/** What a command that began a run ends with: where to look at it, or, when that was asked for, how it ended. */
export async function afterStart(cli: Cli, run: Run, wait: boolean | undefined): Promise<void> {
  if (!wait) {
    cli.out.result(run, `Run ${run.id} ${statusWords[run.status]}. Watch it: tenantry runs watch ${run.id}`);
    return;
  }
  const ended = await runEnded(cli, run.id);
  cli.out.result(ended, `Run ${run.id} ${runWords(ended)}`);
  checkRun(ended);
}

/** Follows a tenant's steps until they are done. Throws when one fails. */
export async function stepsDone(cli: Cli, tenant: Tenant, saga: Step["saga"]): Promise<void> {
  cli.meanwhile(`The steps go on. Look at them: tenantry tenants steps ${tenant.slug}`);
  const progress = cli.out.progress("Waiting for the worker");
  try {
    for (;;) {
      const steps = (await cli.send("tenants.steps", { id: tenant.id })).steps.filter((one) => one.saga === saga);
      const done = steps.filter((one) => one.status === "done").length;
      if (done === steps.length) return;
      const now = steps.find((one) => one.status !== "done");
      progress.at(done, now?.label ?? "", steps.length);
      if (now?.status === "failed")
        throw new Failed(`${now.label}: ${now.error} Try again: tenantry tenants resume ${tenant.slug}`);
      await pause(cli);
    }
  } finally {
    progress.end();
  }
}
