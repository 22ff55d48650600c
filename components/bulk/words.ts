import { count } from "@/components/ui/format";
import { plural } from "@/components/ui/plural";
import {
  type ActionView,
  endedStatuses,
  type ItemStatus,
  type ItemView,
  type RunDetail,
  type RunStatus,
  type RunView,
  type SettledOptions,
} from "@/lib/bulk/shapes";

type Tone = "ok" | "warn" | "bad" | "info" | "quiet";
type State = { word: string; tone: Tone; busy?: boolean };

const runStates: Record<RunStatus, State> = {
  planned: { word: "Not confirmed", tone: "warn" },
  awaiting_second: { word: "Needs a second person", tone: "warn" },
  running: { word: "Running", tone: "info", busy: true },
  paused: { word: "Paused", tone: "warn" },
  cancelling: { word: "Being cancelled", tone: "info", busy: true },
  cancelled: { word: "Cancelled", tone: "quiet" },
  finished: { word: "Finished", tone: "ok" },
  expired: { word: "Expired", tone: "quiet" },
};

/** How a run stands, in a word. */
export function runState({ status, counts }: Pick<RunView, "status" | "counts">): State {
  if (status === "finished" && counts.failed > 0) return { word: "Finished with failures", tone: "bad" };
  return runStates[status];
}

/** What became of an item, in a word; while a run is planned, what was left out of it. */
export const itemStates: Record<ItemStatus, State> = {
  pending: { word: "Waiting", tone: "quiet" },
  running: { word: "Running", tone: "info", busy: true },
  done: { word: "Done", tone: "ok" },
  skipped: { word: "Skipped", tone: "quiet" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "quiet" },
};

/** The wave of an item by its name; what was left out from the start is in none. */
export function waveName({ waves }: RunDetail, { status, wave, startedAt }: ItemView): string {
  if (status === "skipped" && startedAt === null) return "—";
  return waves.find((each) => each.wave === wave)?.name ?? String(wave);
}

/** Whether a run waits to be confirmed. */
export function isPlan(status: RunStatus): boolean {
  return status === "planned" || status === "awaiting_second";
}

/** Whether a run has come to its end. */
export function isEnded(status: RunStatus): boolean {
  return endedStatuses.includes(status);
}

/** The deed with its number of tenants: "Suspend 4,312 tenants"; what is left out does not count. */
export function runHeading({ title, total, counts }: Pick<RunView, "title" | "total" | "counts">): string {
  const tenants = tenantWords(total - counts.skipped);
  return /\s/.test(title) ? `${title}, for ${tenants}` : `${title} ${tenants}`;
}

/** A number of tenants in words. */
export function tenantWords(number: number): string {
  return `${number === 0 ? "no" : count(number)} ${number === 1 ? "tenant" : "tenants"}`;
}

/** A span of time, to be read at a glance. */
export function spanWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return joined(Math.floor(whole / 60), "min", whole % 60, "s");
  return joined(Math.floor(whole / 3600), "h", Math.floor((whole % 3600) / 60), "min");
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

const destroyed: Readonly<Record<string, { title: string; words: string }>> = {
  delete: {
    title: "They are shut out at once",
    words: "They can be restored until their time of grace is over, which the plan names; then their databases go.",
  },
  rollback: {
    title: "Data is lost",
    words: "What the migration brought goes with its data. Applying it again brings back the structure alone.",
  },
  purge: { title: "This can't be taken back", words: "Their databases and roles are dropped for good." },
};

/** What a destructive action takes away, before it is planned. */
export function destroyWords({ name, undoable }: Pick<ActionView, "name" | "undoable">) {
  const title = undoable ? "This takes things away" : "This can't be taken back";
  return destroyed[name] ?? { title, words: "The plan says what." };
}

/** How a run goes about its items, in sentences. */
export function optionWords(options: SettledOptions): string[] {
  const { canary, pauseAfterCanary, concurrency, timeoutSeconds, attempts } = options;
  return [
    canary === null
      ? "All tenants at once, without a canary."
      : `${canaryWords(canary)} first, alone. ${
          pauseAfterCanary ? "Then it waits for a person." : "The rest begins once they went well."
        }`,
    `At most ${plural(concurrency, "tenant")} at the same time on each server.`,
    budgetWords(options),
    `A tenant may take ${spanWords(timeoutSeconds)}${
      attempts > 1 ? `, and is tried up to ${attempts} times where the fault is passing.` : ", and is tried once."
    }`,
  ];
}

function canaryWords(canary: NonNullable<SettledOptions["canary"]>): string {
  if ("tag" in canary) return `The tenants tagged ${canary.tag}`;
  return "count" in canary
    ? `A canary of ${tenantWords(canary.count)}`
    : `A canary of ${canary.percent} % of the tenants`;
}

function budgetWords({ failureBudget: budget, canary }: SettledOptions): string {
  if ("percent" in budget)
    return budget.percent === 0
      ? "The first failure pauses the run."
      : `It pauses when more than ${budget.percent} % fail${canary === null ? "" : ": of the canary while that runs, of all after it"}.`;
  return budget.count === 0
    ? "The first failure pauses the run."
    : `It pauses when more than ${tenantWords(budget.count)} fail.`;
}

/** The items by what became of them, in one sentence; what is none is left unsaid. */
export function outcomeWords(counts: RunView["counts"]): string {
  const parts = (["done", "skipped", "failed", "cancelled", "running", "pending"] as const).flatMap((status) =>
    counts[status] > 0 ? [`${count(counts[status])} ${itemStates[status].word.toLowerCase()}`] : [],
  );
  return parts.length === 0 ? "no tenants" : parts.join(", ");
}
