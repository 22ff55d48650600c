import type { Clock } from "@/lib/kernel/clock";
import type { Scope } from "@/lib/kernel/scope";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import type { Action, SchemaFound } from "./action";
import type { Claimed } from "./claim";
import type { End, Line } from "./finish-items";
import type { SettledOptions } from "./shapes";

/** A confirmed run, as far as its items need it. */
export type RunFacts = {
  id: string;
  action: Action;
  /** Parsed by the action's own schema; an undo has what it needs in its items. */
  input: unknown;
  undoes: boolean;
  options: SettledOptions;
  /** Who confirmed it. */
  by: string;
  /** Who planned it reached these tenants alone: no more is changed, and nothing is put where they don't reach. */
  scope: Scope;
};

/** Why an item's signal was aborted. */
export type GivenUp = "timeout" | "lost" | "stopping";

/** An item in this process's hands, until what became of it is stored. */
export type Held = { item: Claimed; abort: AbortController; renewedAt: number; schema?: SchemaFound };

/** What a process knows of a run while it works on it. */
export type Work = {
  run: RunFacts;
  clock: Clock;
  leaseMs: number;
  backoffMs: (attempt: number) => number;
  held: Map<number, Held>;
  /** What came to its end and is not stored yet. */
  ends: End[];
  lines: Line[];
  /** Whether a failure was stored, or is about to be, over which the run is not settled yet. */
  owesSettle: boolean;
  /** How many items came to their end since more were last asked for. */
  freed: number;
  /** When other processes were last told of progress. */
  toldAt: number;
  /** Tells the loop that something came to its end. */
  wake: () => void;
};

/** Reads a run; throws a sentence for people when this version of Tenantry can't do what it asks. */
export async function openRun(id: string, find: (name: string) => Action | undefined): Promise<RunFacts | undefined> {
  const row = await controlDb().bulkRun.findUnique({ where: { id } });
  if (!row) return undefined;
  const action = find(row.action);
  if (!action) throw new Unworkable(`This version of Tenantry has no action ${row.action}.`);
  const undoes = row.undoOf !== null;
  const input = action.input.safeParse(row.input);
  if (!undoes && !input.success) throw new Unworkable(`The stored input no longer fits the action ${row.action}.`);
  if (undoes && !action.undo) throw new Unworkable(`The action ${row.action} can't be undone any more.`);
  const options = row.options as unknown as SettledOptions;
  return {
    id,
    action,
    input: input.success ? input.data : row.input,
    undoes,
    options,
    by: row.confirmedBy ?? row.plannedBy,
    scope: row.scope as Scope,
  };
}

/** A run that nobody can work on: it is paused with these words. */
export class Unworkable extends Error {}

const runsHere = new Set<Work>();

/** Keeps count of the runs of this process while `work` is under way: they share its places. */
export async function counted<T>(work: Work, use: () => Promise<T>): Promise<T> {
  runsHere.add(work);
  return await use().finally(() => runsHere.delete(work));
}

/** How many items of one run this process takes on, over all servers. */
export function placesFor({ run }: Work): number {
  // A registry action holds one of the control database's connections, and half of them are for who waits for servers.
  const most = run.action.where === "registry" ? Math.max(1, Math.floor(env().CONTROL_POOL_SIZE / 2)) : 128;
  return Math.max(1, Math.floor(most / Math.max(1, runsHere.size)));
}
