import { type inferParserType, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { isUuid } from "@/components/analytics/is-uuid";
import { poolSorts } from "@/lib/processes/contract";

/** What the runtime's page shows, as it stands in the address. */
export const searchRuntime = {
  sort: parseAsStringLiteral(poolSorts).withDefault("open"),
  process: parseAsString,
  more: parseAsBoolean.withDefault(false),
  ended: parseAsBoolean.withDefault(false),
};

export type RuntimeSearch = inferParserType<typeof searchRuntime>;

/** The view as the operation's input; a process that can't be one is left out. */
export function poolsInput({ sort, process, more }: RuntimeSearch) {
  return { sort, limit: more ? 200 : 20, ...(isUuid(process) && { process }) };
}
