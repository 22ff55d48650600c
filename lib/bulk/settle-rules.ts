import type { RunStatus, SettledOptions } from "./shapes";

/** The items of one wave; `total` leaves out what the plan left out. */
export type WaveFacts = { wave: number; total: number; pending: number; running: number; failed: number };

export type RunFacts = {
  status: RunStatus;
  /** The wave up to which items may begin. */
  wave: number;
  /** Failures that a person went on in spite of. */
  forgiven: number;
  options: Pick<SettledOptions, "failureBudget" | "pauseAfterCanary">;
  waves: readonly WaveFacts[];
  /** Why it is paused by now. */
  reason?: string | null;
};

/** What becomes of a run; `reason` is for people, null where there is nothing to explain. */
export type Verdict = { status: RunStatus; wave: number; reason: string | null };

/** How many failed items are put up with while waves up to `wave` may run. */
export function budgetOf(facts: Pick<RunFacts, "options" | "waves">, wave: number): number {
  const { failureBudget: budget } = facts.options;
  if ("count" in budget) return budget.count;
  const total = sum(facts.waves.filter((one) => one.wave <= wave).map((one) => one.total));
  // 29 % of 100 is 28.999… in binary.
  return Math.floor((budget.percent * total) / 100 + 1e-9);
}

/** Failures that count against the budget: all, less those that a person went on in spite of. */
export function failuresOf({ waves, forgiven }: Pick<RunFacts, "waves" | "forgiven">): number {
  return Math.max(0, sum(waves.map((one) => one.failed)) - forgiven);
}

/** What becomes of a run now that its items stand as they do; undefined while nothing changes. */
export function verdict(facts: RunFacts): Verdict | undefined {
  const { status, wave, waves } = facts;
  if (status === "cancelling") {
    return waves.some(({ running }) => running > 0) ? undefined : { status: "cancelled", wave, reason: null };
  }
  if (status !== "running" && status !== "paused") return undefined;
  if (waves.every((one) => !isOpen(one))) return { status: "finished", wave, reason: null };
  return status === "running" ? (halt(facts) ?? nextWave(facts)) : recount(facts);
}

/** What still ran when the budget was used up may have failed as well: the reason tells of that, too. */
function recount(facts: RunFacts): Verdict | undefined {
  if (!facts.reason || !Object.values(halted).some((words) => facts.reason?.startsWith(words))) return undefined;
  const found = halt(facts);
  return found && found.reason !== facts.reason ? found : undefined;
}

const halted = { canary: "The canary stopped the run: ", rest: "The run stopped: " };

/** Once the budget is used up the run waits for a person. */
function halt(facts: RunFacts): Verdict | undefined {
  const failed = failuresOf(facts);
  const budget = budgetOf(facts, facts.wave);
  if (failed <= budget) return undefined;
  const where = facts.wave === 0 ? halted.canary : halted.rest;
  const reason = `${where}${failed} ${failed === 1 ? "tenant" : "tenants"} failed, and its failure budget puts up with ${budget || "none"}.`;
  return { status: "paused", wave: facts.wave, reason };
}

/** The next wave may begin once all before it came to an end. */
function nextWave({ wave, waves, options }: RunFacts): Verdict | undefined {
  const before = waves.filter((one) => one.wave <= wave);
  const after = waves.filter((one) => one.wave > wave && isOpen(one)).map((one) => one.wave);
  if (after.length === 0 || before.some(isOpen)) return undefined;
  const next = Math.min(...after);
  const hadCanary = wave === 0 && before.some(({ total }) => total > 0);
  return options.pauseAfterCanary && hadCanary
    ? { status: "paused", wave: next, reason: "The canary has come to its end. Resume the run when you are content." }
    : { status: "running", wave: next, reason: null };
}

const isOpen = ({ pending, running }: WaveFacts): boolean => pending + running > 0;

const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0);
