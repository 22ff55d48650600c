import type { Db } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import type { Action } from "./action";
import { findAction } from "./actions";
import { type Counted, countItems } from "./count-items";
import type { RunRow } from "./find-run";
import { countsOf } from "./rules";
import { selectionStored, selectionWords } from "./selection";
import type { ItemStatus, RunView, SettledOptions } from "./shapes";
import { needsTwo } from "./two-persons";

/** What a run's view is made from. */
export type RunFacts = Omit<RunRow, "wave" | "forgiven" | "scope" | "plannedById" | "confirmedById" | "secondById">;

type Titled = Pick<RunRow, "action" | "input" | "undoOf">;

/** A run in words: its action with the input, or what takes that back. */
export function titleOf({ action: name, input, undoOf }: Titled): string {
  const action = findAction(name);
  if (!action) return name;
  try {
    return undoOf === null ? action.words(input as never) : undoTitle(action, input);
  } catch {
    // What an older version stored may lack what the words speak of.
    return undoOf === null ? action.title : `Take back: ${action.title}`;
  }
}

function undoTitle(action: Action, input: unknown): string {
  return action.undo?.words(input as never) ?? `Take back: ${action.words(input as never)}`;
}

/** Runs as the API shows them, in the order of the rows. */
export async function runViews(db: Db, rows: readonly RunFacts[]): Promise<RunView[]> {
  const open = rows.filter(({ ended }) => ended === null).map(({ id }) => id);
  const counted = open.length > 0 ? await countItems(db, open) : [];
  const undone = await undoneBy(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    runView(
      row,
      row.ended === null ? counted.filter(({ runId }) => runId === row.id) : (row.ended as Counted[]),
      undone.get(row.id) ?? null,
    ),
  );
}

/** The newest undo of each run, those that never began left out. */
export async function undoneBy(db: Db, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const undos = await readingOf(db).$queryRaw<{ id: string; undoOf: string }[]>`
    SELECT id::text AS id, undo_of::text AS "undoOf" FROM bulk_runs
     WHERE undo_of = ANY(${ids}::uuid[]) AND NOT (status IN ('cancelled', 'expired') AND started_at IS NULL)
     ORDER BY id`;
  return new Map(undos.map(({ id, undoOf }) => [undoOf, id]));
}

/** One run as the API shows it. */
export async function runViewOf(db: Db, id: string): Promise<RunView> {
  const row = await db.bulkRun.findUniqueOrThrow({ where: { id } });
  const [view] = await runViews(db, [row]);
  if (!view) throw new Error(`The run ${id} has no view.`);
  return view;
}

/** A run's view from its row and the counts of its items. */
export function runView(
  row: RunFacts,
  counted: readonly { status: ItemStatus; items: number; undoable: number }[],
  undone: string | null,
): RunView {
  const { id, action, note, status, reason, digest, radius, plannedBy, undoOf } = row;
  const known = findAction(action);
  const counts = countsOf(counted);
  return {
    ...{ id, action, note, status, reason, digest, radius, plannedBy, undoOf, counts },
    title: titleOf(row),
    danger: known?.danger ?? "none",
    input: row.input as Record<string, unknown>,
    options: row.options as SettledOptions,
    selection: selectionWords(selectionStored.parse(row.selection)),
    total: Object.values(counts).reduce((sum, items) => sum + items, 0),
    plannedAt: row.plannedAt.toISOString(),
    confirmed: person(row.confirmedBy, row.confirmedAt),
    second: person(row.secondBy, row.secondAt),
    needsSecond: needsTwo(action),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoneBy: undone,
    undoable: known?.undo && undoOf === null ? counted.reduce((sum, { undoable }) => sum + undoable, 0) : 0,
  };
}

function person(name: string | null, at: Date | null): RunView["confirmed"] {
  return name === null || at === null ? null : { name, at: at.toISOString() };
}
