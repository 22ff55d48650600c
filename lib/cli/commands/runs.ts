import { AppError } from "@/lib/kernel/errors";
import { ApiError } from "@/lib/sdk/api-error";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choices, defineCommand, flag, list, only, text } from "../command";
import { canAsk } from "../confirm";
import { Misused } from "../failure";
import { writeFile } from "../files";
import { runId, tenantNamed } from "../find";
import { counted } from "../output";
import { listed, paging, showList } from "../pages";
import { checkRun, confirmationWords, type Run, runEnded, runWords } from "../wait";
import { momentWords, pairs } from "../words";
import { planRun } from "./run-plan";

const itemStatuses = ["pending", "running", "done", "skipped", "failed", "cancelled"] as const;
const runStatuses = [
  ...["planned", "awaiting_second", "running", "paused"],
  ...["cancelling", "cancelled", "finished", "expired"],
] as const;

const listRuns = defineCommand({
  path: "runs list",
  words: "Lists bulk runs, newest first.",
  examples: ["runs list --status running,paused", "runs list --tenant acme --limit 5 --json"],
  options: {
    status: choices("only in these states", runStatuses),
    action: list("only of these actions", "action"),
    tenant: text("only with this tenant", "tenant"),
    ...paging,
  },
  async run(cli, _, { all, limit, status, action, tenant }) {
    const about = tenant === undefined ? {} : { tenant: (await tenantNamed(cli, tenant)).id };
    const input = { ...only({ status, action }), ...about } as Operations["bulk.list"]["input"];
    await showList(cli, "bulk.list", input, only({ all, limit }), {
      columns: ["Id", "What", "Status", "Tenants", "Failed", "Planned", "By"],
      rows: ({ runs }) =>
        runs.map((one) => [
          ...[one.id, one.title, one.status, one.total, one.counts.failed ?? 0],
          ...[momentWords(one.plannedAt), one.plannedBy],
        ]),
      none: "There are no such runs.",
    });
  },
});

const showRun = defineCommand({
  path: "runs show <run>",
  words: "Shows a run: what it does, to how many tenants, and how it stands.",
  examples: ["runs show 01980f3e-0000-7000-8000-000000000000"],
  async run(cli, { run }) {
    const one = await cli.send("bulk.show", { id: runId(run) });
    cli.out.result(one, () => shown(one));
  },
});

function shown(run: Run): string {
  return pairs([
    ["Id", run.id],
    ["What", run.title],
    ["Tenants", `${run.total}, ${run.selection}`],
    ["Status", runWords(run)],
    ["Planned", `${momentWords(run.plannedAt)} by ${run.plannedBy}`],
    ["Confirmed", run.confirmed && `${momentWords(run.confirmed.at)} by ${run.confirmed.name}`],
    ["Ended", momentWords(run.finishedAt)],
    ["Note", run.note || null],
    ["Digest", run.digest],
    ...run.radius.map((line): [string, string] => ["It means", line]),
  ]);
}

const listItems = defineCommand({
  path: "runs items <run>",
  words: "Lists what a run does, tenant by tenant.",
  examples: ["runs items 01980f3e-0000-7000-8000-000000000000 --status failed"],
  options: {
    status: choices("only in these states", itemStatuses),
    search: text("part of a tenant's name"),
    ...paging,
  },
  async run(cli, { run }, { all, limit, ...filter }) {
    await showList(cli, "bulk.items", { id: runId(run), ...only(filter) }, only({ all, limit }), {
      columns: ["No", "Tenant", "Server", "Wave", "Status", "Attempts", "What came of it"],
      rows: ({ items }) =>
        items.map((one) => [
          ...[one.position, one.tenant.slug, one.server, one.wave, one.status, one.attempts],
          one.words ?? one.warnings.join(" "),
        ]),
      none: "There are no such items.",
    });
  },
});

const itemLog = defineCommand({
  path: "runs log <run> <item>",
  words: "Shows what was done for one tenant of a run, named by its slug or number.",
  examples: ["runs log 01980f3e-0000-7000-8000-000000000000 acme"],
  async run(cli, { run, item }) {
    const answer = await cli.send("bulk.itemLog", { id: runId(run), position: await positionOf(cli, run, item) });
    const rows = answer.lines.map((one) => [one.at, one.attempt, one.level, one.message]);
    await cli.out.table(answer, ["When", "Attempt", "Level", "What"], rows, "Nothing was done yet.");
  },
});

const download = defineCommand({
  path: "runs download <run> <item> [file]",
  words: "Takes the file that a run made for one tenant, to a new file or standard output.",
  examples: ["runs download 01980f3e-0000-7000-8000-000000000000 acme acme.sql.gz"],
  async run(cli, { run, item, file }) {
    await writeFile(cli, file, "The data", async () => {
      return await cli.download("bulk.download", { id: runId(run), position: await positionOf(cli, run, item) });
    });
  },
});

async function positionOf(cli: Cli, run: string, item: string): Promise<number> {
  if (/^\d+$/.test(item)) return Number(item);
  const { items } = await listed(cli, "bulk.items", { id: run, search: item }, { all: true });
  const found = items.find((one) => one.tenant.slug === item);
  if (!found) throw new Misused(`The run has no tenant ${item}. See: tenantry runs items ${run}`);
  return found.position;
}

const confirm = defineCommand({
  path: "runs confirm <run>",
  words: "Confirms a planned run exactly as it was planned, and starts it.",
  examples: ["runs confirm 01980f3e-0000-7000-8000-000000000000 --yes"],
  options: {
    digest: text("only the plan with this digest, as runs plan and runs show tell it", "digest"),
    wait: flag("wait for its end, and fail when something failed"),
  },
  dangerous: "The run starts as it was planned (see: tenantry runs show).",
  asks: "yes",
  async run(cli, { run }, { digest, wait }) {
    const plan = await cli.send("bulk.show", { id: runId(run) });
    if (digest !== undefined && digest !== plan.digest) throw otherPlan(plan);
    if (!cli.options.yes) cli.warns(await planWords(cli, plan));
    const confirmed = await cli.send("bulk.confirm", { id: plan.id, digest: plan.digest }).catch((cause: unknown) => {
      if (!outdated(cause)) throw cause;
      throw new AppError("conflict", `${cause.message} See: tenantry runs replan ${plan.id}`, { cause });
    });
    await told(cli, confirmed, wait);
  },
});

function otherPlan({ id, digest }: Run): AppError {
  const words = `The plan of run ${id} is not the one that was seen: its digest is ${digest}. Nothing was started.`;
  return new AppError("changed", `${words} Look at it again: tenantry runs show ${id}`);
}

/** Whether a plan was refused because it is no longer what would be done. */
function outdated(error: unknown): error is AppError | ApiError {
  const told = error instanceof AppError || error instanceof ApiError;
  return told && (error.reason === "plan_changed" || error.reason === "plan_expired");
}

/** So many tenants of a plan are named where it is confirmed. */
const named = 5;

/** What a plan will do, to whom, for the question whether it shall start. */
async function planWords(cli: Cli, run: Operations["bulk.show"]["output"]): Promise<string> {
  const { items } = await cli.send("bulk.items", { id: run.id, status: ["pending"], limit: named });
  const slugs = items.map(({ tenant }) => tenant.slug).join(", ");
  const more = (run.counts.pending ?? 0) - items.length;
  const lines = [
    `${run.title}: ${slugs}${more > 0 ? ` and ${more} more (tenantry runs items ${run.id})` : ""}.`,
    ...run.radius,
    ...run.warnings.map(({ words, tenants }) => `To be noted, of ${counted(tenants, "tenant")}: ${words}`),
    ...(run.stale > 0 ? [`${counted(run.stale, "tenant")} changed since it was planned.`] : []),
  ];
  return [...lines, "The run starts as it was planned."].join("\n");
}

async function told(cli: Cli, run: Run, wait: boolean | undefined): Promise<void> {
  if (!wait) return cli.out.result(run, `Run ${run.id} ${runWords(run)}`);
  const ended = await runEnded(cli, run.id);
  cli.out.result(ended, `Run ${ended.id} ${runWords(ended)}`);
  await checkRun(cli, ended);
}

const watch = defineCommand({
  path: "runs watch <run>",
  words:
    "Follows a run until it ends or is paused; exit code 1 unless all was done. One that nobody has confirmed is waited for at a terminal only: elsewhere, and with --json, exit code 5.",
  examples: ["runs watch 01980f3e-0000-7000-8000-000000000000"],
  async run(cli, { run }) {
    const found = await cli.send("bulk.show", { id: runId(run) });
    const unconfirmed = confirmationWords(found);
    // A program would wait for a person who does not know of it.
    if (unconfirmed !== null && (cli.options.json || !canAsk())) throw new AppError("conflict", unconfirmed);
    await told(cli, found, true);
  },
});

type Verb = "pause" | "cancel" | "retry" | "undo" | "replan";

/** The verbs that take nothing but the run. */
function verb(name: Verb, words: string, danger?: string): AnyCommand {
  return defineCommand({
    path: `runs ${name} <run>`,
    words,
    examples: [`runs ${name} 01980f3e-0000-7000-8000-000000000000${danger ? " --yes" : ""}`],
    ...(danger !== undefined && { dangerous: danger }),
    asks: "yes",
    async run(cli, { run }) {
      const changed = await cli.send(`bulk.${name}`, { id: runId(run) });
      cli.out.result(changed, `Run ${changed.id} ${runWords(changed)}`);
    },
  });
}

const resume = defineCommand({
  path: "runs resume <run>",
  words: "Lets a paused run go on.",
  examples: ["runs resume 01980f3e-0000-7000-8000-000000000000 --ignore-failures"],
  options: { ignoreFailures: flag("also beyond the failures that it may have") },
  async run(cli, { run }, { ignoreFailures }) {
    const changed = await cli.send("bulk.resume", { id: runId(run), ...only({ ignoreFailures }) });
    cli.out.result(changed, `Run ${changed.id} ${runWords(changed)}`);
  },
});

/** `runs`: bulk runs, planned, confirmed and followed. */
export const runCommands: readonly AnyCommand[] = [
  ...[planRun, listRuns, showRun, listItems, itemLog, confirm, watch],
  verb("pause", "Pauses a run: what has begun is finished, nothing new begins."),
  resume,
  verb(
    "cancel",
    "Cancels a run: what has begun is finished, the rest never begins.",
    "The rest of the run never begins.",
  ),
  verb(
    "retry",
    "Tries what failed in a run again, by the confirmation that the run had.",
    "What failed in the run starts again at once.",
  ),
  verb("undo", "Plans a run that takes back what a run did, where that can be."),
  verb("replan", "Plans a run anew, for the tenants that its selection finds now."),
  download,
];
