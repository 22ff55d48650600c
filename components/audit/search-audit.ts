import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";

/** How many events a page of the trail holds. */
export const pageSize = 50;

/** The trail's filter and the event that is open, as they stand in the address. */
export const searchAudit = {
  actor: parseAsString.withDefault(""),
  operation: parseAsString.withDefault(""),
  outcome: parseAsStringLiteral(["done", "refused"] as const),
  target: parseAsString.withDefault(""),
  from: parseAsString,
  to: parseAsString,
};

export type AuditSearch = inferParserType<typeof searchAudit>;

/** The filter as the operation's input; what a person may have typed into the address is put within bounds. */
export function auditInput({ actor, operation, outcome, target, from, to }: AuditSearch) {
  return {
    actor: actor.trim().slice(0, 200),
    operation: operation.trim().slice(0, 100),
    target: target.trim().slice(0, 100),
    ...(outcome !== null && { outcome }),
    ...(isTime(from) && { from }),
    ...(isTime(to) && { to }),
  };
}

function isTime(text: string | null): text is string {
  return text !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The address of the trail's signed download, narrowed as the screen is. */
export function signedPath(input: ReturnType<typeof auditInput>): string {
  const filled = Object.entries(input).filter((entry): entry is [string, string] => entry[1] !== "");
  return `/api/tenancy/audit/export?${new URLSearchParams([...filled, ["format", "jsonl"]])}`;
}
