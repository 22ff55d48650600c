import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One statement as PostgreSQL was sent it, with its parameters as texts. */
export type Statement = { text: string; values: (string | null)[] };

/** Settings by which PostgreSQL writes each statement that it is sent, with its parameters, into a log of JSON lines. */
export const recording = ["logging_collector=on", "log_destination=jsonlog", "log_rotation_size=0"];

type Line = { pid?: number; message?: string; detail?: string; session_id?: string };

/** What was sent between two marks (a mark is a statement of the bench's own session), but for that session's own. */
export function sentBetween(folder: string, from: string, to: string): Statement[] {
  const lines = logLines(folder);
  const at = (mark: string) => lines.findIndex(({ message = "" }) => message.includes(mark));
  const [first, last] = [at(from), at(to)];
  if (first < 0 || last < 0) throw new Error(`The log has no mark "${first < 0 ? from : to}".`);
  const own = lines[first]?.session_id;
  return lines
    .slice(first, last)
    .filter(({ session_id }) => session_id !== own)
    .flatMap((line) => statementOf(line) ?? []);
}

function logLines(folder: string): Line[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .flatMap((line) => (line.trim() === "" ? [] : [JSON.parse(line) as Line]));
}

function statementOf({ message = "", detail = "" }: Line): Statement | undefined {
  // The name of a prepared statement may have colons itself, as those of the rate limits do.
  const sent = /^(?:statement|execute \S+): ([\s\S]*)$/.exec(message);
  return sent?.[1] === undefined ? undefined : { text: sent[1], values: parametersOf(detail) };
}

/** Reads `Parameters: $1 = 'it''s', $2 = NULL`. */
export function parametersOf(detail: string): (string | null)[] {
  const values: (string | null)[] = [];
  for (const match of detail.matchAll(/\$\d+ = (?:(NULL)|'((?:[^']|'')*)')/g))
    values.push(match[1] ? null : (match[2] ?? "").replaceAll("''", "'"));
  return values;
}
