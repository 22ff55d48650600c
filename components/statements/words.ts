import type { OutputOf } from "@/lib/kernel/contract";
import type { tenantStatementsContract } from "@/lib/monitoring/contract-statements";

export type Statements = OutputOf<typeof tenantStatementsContract>;
export type Running = NonNullable<Statements["running"]>[number];
export type Counted = NonNullable<Statements["top"]>[number];

const digits = [0, 1, 2].map((most) => new Intl.NumberFormat("en", { maximumFractionDigits: most }));

/** A time that something took, in the unit that suits it: "0.42 ms", "12 s", "3 min 5 s", "2 h 10 min". */
export function lastedWords(seconds: number): string {
  if (seconds < 1) return `${digits[seconds < 0.01 ? 2 : 0]?.format(seconds * 1000)} ms`;
  if (seconds < 60) return `${digits[1]?.format(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What a session does and for how long: "Runs for 12 s", "Idle in transaction for 3 min 5 s". */
export function doesWords({ state, kind, seconds }: Pick<Running, "state" | "kind" | "seconds">): string {
  const what = state === "active" ? "Runs" : state === "unknown" ? kind : state;
  const words = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  return seconds === null ? words : `${words} for ${lastedWords(Math.max(0, seconds))}`;
}

/** What keeps a session, in words; null while it works. */
export function waitWords({
  state,
  waitsFor,
  blockedBy,
}: Pick<Running, "state" | "waitsFor" | "blockedBy">): string | null {
  if (blockedBy.length > 0) return `waits for a lock of pid ${blockedBy.join(", ")}`;
  if (waitsFor === null) return null;
  if (waitsFor === "Client: ClientRead") return "waits for its app";
  return state === "active" ? `waits: ${waitsFor}` : null;
}

/** Why it is not known what took most time, and what helps. */
export const missingWords = {
  library:
    "The server does not count statements. Put pg_stat_statements into its shared_preload_libraries, start it again, and run CREATE EXTENSION pg_stat_statements in its database for administration.",
  extension:
    "The server counts statements, and nobody can read it yet. Run CREATE EXTENSION pg_stat_statements in its database for administration.",
} as const;
