import type { RunOptions, SettledOptions } from "@/lib/bulk/shapes";

/** How a run goes about its items, as the form holds it: a number field may be empty for a moment. */
export type OptionValues = {
  canary: "none" | "count" | "percent" | "tag";
  canaryAmount: number | string;
  canaryTag: string;
  pauseAfterCanary: boolean;
  concurrency: number | string;
  budget: "count" | "percent";
  budgetAmount: number | string;
  timeoutSeconds: number | string;
  attempts: number | string;
};

/** What the form begins with: what the action sets. */
export function optionValues(defaults: SettledOptions): OptionValues {
  const { canary, failureBudget: budget, pauseAfterCanary, concurrency, timeoutSeconds, attempts } = defaults;
  return {
    canary: canary === null ? "none" : "tag" in canary ? "tag" : "count" in canary ? "count" : "percent",
    canaryAmount: canary === null || "tag" in canary ? 5 : "count" in canary ? canary.count : canary.percent,
    canaryTag: canary !== null && "tag" in canary ? canary.tag : "",
    pauseAfterCanary,
    concurrency,
    budget: "count" in budget ? "count" : "percent",
    budgetAmount: "count" in budget ? budget.count : budget.percent,
    timeoutSeconds,
    attempts,
  };
}

/** The form as the operation takes it. */
export function optionInput(values: OptionValues): Required<RunOptions> & SettledOptions {
  const amount = Number(values.canaryAmount);
  const budget = Number(values.budgetAmount);
  return {
    canary:
      values.canary === "none"
        ? null
        : values.canary === "tag"
          ? { tag: values.canaryTag }
          : values.canary === "count"
            ? { count: amount }
            : { percent: amount },
    pauseAfterCanary: values.canary !== "none" && values.pauseAfterCanary,
    concurrency: Number(values.concurrency),
    failureBudget: values.budget === "count" ? { count: budget } : { percent: budget },
    timeoutSeconds: Number(values.timeoutSeconds),
    attempts: Number(values.attempts),
  };
}
