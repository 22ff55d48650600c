import { compatPath } from "@/lib/compat/contract-endpoint";
import type { Contract } from "@/lib/kernel/contract";
import { problemsOf } from "./openapi-problems";
import type { Json } from "./openapi-schemas";

/** Whether a contract is one of artflow's, whose errors have its form. */
export const isCompat = ({ path }: Contract): boolean => path.startsWith(`${compatPath}/`);

const schema = {
  type: "object",
  required: ["success", "error", "message", "code", "request_id", "timestamp"],
  properties: {
    success: { const: false },
    error: { type: "string", description: "what kind of error, in a few words" },
    message: { type: "string", description: "what went wrong, in words for people" },
    code: { type: "integer", description: "the HTTP status" },
    errors: {
      type: "object",
      additionalProperties: { type: "array", items: { type: "string" } },
      description: "field to what is wrong with it",
    },
    reason: { type: "string", description: "a fixed word that programs can tell apart" },
    confirm: { type: "string", description: "with step_up_required: the digest to prove" },
    retry_after: { type: "integer", description: "seconds" },
    request_id: { type: "string" },
    timestamp: { type: "string", format: "date-time" },
  },
  additionalProperties: false,
};

const failure = {
  description: "What went wrong, in artflow's envelope",
  content: { "application/json": { schema } },
};

/** The statuses of errors that our own operations have, and 501 for what is not offered. */
export function compatProblems(contract: Contract): Record<string, Json> {
  const statuses = [...Object.keys(problemsOf(contract)), "404", "409", ...(isNotOffered(contract) ? ["501"] : [])];
  return Object.fromEntries([...new Set(statuses)].sort().map((status) => [status, failure]));
}

const isNotOffered = ({ id }: Contract): boolean => id.startsWith("compat.notOffered.");
