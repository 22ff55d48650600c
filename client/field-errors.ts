import type { z } from "zod";
import type { FieldErrors } from "@/lib/kernel/errors";

/** What is wrong with each field, by the contract's own shape: the same words that the API would answer. */
export function fieldErrors(schema: z.ZodType, values: unknown): FieldErrors {
  const result = schema.safeParse(values);
  if (result.success) return {};
  const errors: FieldErrors = {};
  for (const issue of result.error.issues) errors[issue.path.join(".")] ??= messageOf(issue);
  return errors;
}

function messageOf(issue: z.core.$ZodIssue): string {
  // A union says only "invalid"; its last branch is the one that a person meant.
  if (issue.code === "invalid_union") return issue.errors.at(-1)?.[0]?.message ?? issue.message;
  return issue.message;
}
