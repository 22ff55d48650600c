import { actorId, actorName, type Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Scope } from "@/lib/kernel/scope";
import type { Action, Json } from "./action";
import { planDigest } from "./digest";
import { type Choice, writeItems } from "./plan-items";
import { announceRun } from "./queue";
import { type Reach, radiusWords, readReach } from "./radius";
import { type Selection, selectionSql } from "./selection";
import { mostItems, type RunOptions, type SettledOptions } from "./shapes";
import { undoChoice } from "./undo-choice";
import { generalWarnings } from "./warnings";

/** A run as it is to be planned. `input` has been parsed by the action's own shape. */
export type Wanted = {
  action: Action;
  input: unknown;
  options: SettledOptions;
  selection: Selection;
  note: string;
  scope: Scope;
};

/** The options of a run: what was asked for, and the action's own where nothing was. */
export function settle(asked: RunOptions, defaults: SettledOptions): SettledOptions {
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return { ...defaults, ...given };
}

/** Plans a run: writes its items and digest down. Nothing is done to any tenant. Returns its id. */
export async function planRun(ctx: Ctx, wanted: Wanted): Promise<string> {
  const id = newId(ctx.now());
  const { action, options, selection, note, scope } = wanted;
  const input = wanted.input as Json;
  const undoOf = "undoOf" in selection ? selection.undoOf : null;
  const made = await writePlan(ctx, id, wanted);
  await ctx.db.bulkRun.create({
    data: {
      ...{ id, action: action.name, input, options, selection, note, undoOf, scope },
      ...made,
      ...planner(ctx),
    },
  });
  await announceRun(ctx.db, id);
  return id;
}

/** Plans a run anew in its place, from the same selection: who confirmed it before has to do so again. */
export async function planAgain(ctx: Ctx, id: string, wanted: Wanted): Promise<void> {
  await ctx.db.bulkItem.deleteMany({ where: { runId: id } });
  const made = await writePlan(ctx, id, wanted);
  const unconfirmed = { status: "planned", confirmedBy: null, confirmedById: null, confirmedAt: null } as const;
  await ctx.db.bulkRun.update({ where: { id }, data: { ...made, ...planner(ctx), ...unconfirmed } });
  await announceRun(ctx.db, id);
}

function planner(ctx: Ctx) {
  return { plannedBy: actorName(ctx.actor), plannedById: actorId(ctx.actor), plannedAt: ctx.now() };
}

async function writePlan(ctx: Ctx, id: string, wanted: Wanted) {
  const { action, input, options, selection } = wanted;
  if (!("undoOf" in selection)) await action.admit?.(ctx, input as never);
  const chosen = await writeItems(ctx.db, id, await choiceOf(ctx, id, wanted), options.canary);
  const reach = await readReach(ctx.db, id, wanted.scope);
  await check(ctx, id, chosen, reach, wanted);
  const undoOf = "undoOf" in selection ? selection.undoOf : null;
  const digest = await planDigest(ctx.db, { id, action: action.name, input, options, undoOf });
  const own = undoOf === null ? (action.radius?.(input as never, reach) ?? []) : [];
  const radius = radiusWords(reach, options, own);
  Object.assign(ctx.note, { target: id, after: { tenants: reach.tenants, leftOut: reach.leftOut, digest } });
  return { digest, radius, wave: reach.canary > 0 ? 0 : 1 };
}

async function choiceOf(ctx: Ctx, id: string, { action, input, selection, scope }: Wanted): Promise<Choice> {
  const general = await generalWarnings(ctx, id);
  if ("undoOf" in selection) return undoChoice(selection.undoOf, scope, general);
  return { ...general, where: selectionSql(selection, scope), preview: await action.preview(input as never, scope) };
}

/** Refuses a plan that is empty, too large, or would begin otherwise than was asked for. */
async function check(
  ctx: Ctx,
  id: string,
  chosen: number,
  reach: Reach,
  { options, selection }: Wanted,
): Promise<void> {
  if (chosen === 0) throw nothing("No tenant matches.");
  if (chosen > mostItems) throw nothing(`A run has at most ${mostItems} tenants, and ${chosen} match.`);
  if (reach.tenants === 0) throw nothing(`There is nothing to do for ${many(chosen)}. ${await reasons(ctx, id)}`);
  const { canary } = options;
  if (canary === null || !("tag" in canary) || reach.canary > 0 || "undoOf" in selection) return;
  const words = `None of the ${many(reach.tenants)} has the tag ${canary.tag}, so there would be no canary.`;
  throw new AppError("invalid", words, { fields: { "options.canary": words } });
}

function nothing(words: string): AppError {
  return new AppError("invalid", words, { reason: "nothing_to_do" });
}

const many = (count: number): string => (count === 1 ? "one tenant" : `${count} tenants`);

/** Why all were left out: the commonest reasons, and of how many. */
async function reasons({ db }: Ctx, runId: string): Promise<string> {
  const rows = await db.$queryRaw<{ words: string; n: number }[]>`
    SELECT words, count(*)::int AS n FROM bulk_items WHERE run_id = ${runId}::uuid GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3`;
  return rows.map(({ words, n }) => (rows.length === 1 ? words : `${n}: ${words}`)).join(" ");
}
