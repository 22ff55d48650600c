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
  const progress = cli.out.progress("Starting");
  let told = "";
  try {
    for (;;) {
      const run = await cli.send("bulk.show", { id });
      const hint = confirmationWords(run);
      cli.meanwhile(hint ?? `The run goes on. Look at it: tenantry runs watch ${id}`);
      if (hint !== null && hint !== told) cli.out.note(hint);
      told = hint ?? told;
      const { pending = 0, running = 0 } = run.counts;
      progress.at(run.total - pending - running, runWords(run), run.total);
      if (["finished", "cancelled", "expired", "paused"].includes(run.status)) return run;
      await pause(cli);
    }
  } finally {
    progress.end();
  }
}

/** What a run waits for that nobody has confirmed yet, and how it goes on; null when it needs no one. */
export function confirmationWords({ id, status, digest }: Run): string | null {
  const how = `tenantry runs confirm ${id} --digest ${digest}`;
  if (status === "planned") return `Nothing has started: the run waits for its confirmation. Confirm it: ${how}`;
  if (status !== "awaiting_second") return null;
  return `Nothing has started: the run waits for the confirmation of a second person, who runs: ${how}`;
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

/** Throws unless a run did all that it should; the words say of the first tenants that failed why they did. */
export async function checkRun(cli: Cli, run: Run): Promise<void> {
  const failed = run.counts.failed ?? 0;
  if (run.status === "finished" && failed === 0) return;
  const why = failed === 0 ? [] : await reasons(cli, run.id, failed);
  const how = `See: tenantry runs items ${run.id} --status failed`;
  throw new Failed([...why, endWords(run, failed, how)].join("\n"));
}

function endWords({ id, status, total }: Run, failed: number, how: string): string {
  if (status === "finished") return `${counted(failed, "tenant")} of ${total} failed. ${how}`;
  if (status === "paused") return `The run is paused. ${how}. Go on: tenantry runs resume ${id}`;
  return `The run is ${statusWords[status]}.`;
}

/** Of so many tenants that failed it is told at once why; the rest is in the list. */
const mostTold = 3;

async function reasons(cli: Cli, id: string, failed: number): Promise<string[]> {
  const { items } = await cli.send("bulk.items", { id, status: ["failed"], limit: mostTold });
  const lines = items.map(({ tenant, words }) => `${tenant.slug}: ${words ?? "no reason was written down"}`);
  return failed > lines.length ? [...lines, `And ${failed - lines.length} more.`] : lines;
}

/** What a command that began a run ends with: where to look at it, or, when that was asked for, how it ended. */
export async function afterStart(cli: Cli, run: Run, wait: boolean | undefined): Promise<void> {
  if (!wait) {
    cli.out.result(run, `Run ${run.id} ${statusWords[run.status]}. Watch it: tenantry runs watch ${run.id}`);
    return;
  }
  const ended = await runEnded(cli, run.id);
  cli.out.result(ended, `Run ${run.id} ${runWords(ended)}`);
  await checkRun(cli, ended);
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
