import type { FieldErrors } from "@/lib/kernel/errors";

/** The words, as the API has them, for an end that is over already: they come with those of the other fields. */
export function passed(until: string, now: number): FieldErrors {
  return Date.parse(until) <= now ? { until: "This time has passed: name one to come, or none." } : {};
}
