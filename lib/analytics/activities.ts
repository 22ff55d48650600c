import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { fleetKey } from "@/lib/gate/fleet-operation";
import { briefly, kept } from "@/lib/gate/kept-answers";
import { readMany } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { readActivities } from "@/lib/tenants/activity-rows";
import { failedTypes } from "@/lib/tenants/shapes";
import { happenedTo } from "./activity-rows";
import { analyticsActivitiesContract } from "./contract";
import { countSpan, countSteps } from "./count-steps";
import { stateAt } from "./question";

/** What happened in the fleet. */
export const listFleetActivities = operation(analyticsActivitiesContract, (ctx, input) =>
  readMany(ctx, (own) => activitiesOf(own, input), { signal: ctx.signal }),
);

async function activitiesOf(ctx: Ctx, input: z.output<typeof analyticsActivitiesContract.input>) {
  const { type, actor, text, cursor, limit } = input;
  const steps = countSteps(input, ctx.now());
  const parts = [await happenedTo(ctx, input, steps)];
  if (actor !== undefined) parts.push(Prisma.sql`a.actor = ${actor}`);
  if (text !== "") parts.push(Prisma.sql`strpos(lower(a.description), lower(${text})) > 0`);
  const matching = Prisma.join(parts, " AND ");
  const ofType = type.length > 0 ? Prisma.sql`${matching} AND a.activity_type = ANY(${type})` : matching;
  const count = () => ctx.db.$queryRaw<Count[]>`
    SELECT a.activity_type AS type, width_bucket(a.created_at, ${isoTimes(steps.begins)}::timestamptz[])::int AS step,
           count(*)::int AS activities
      FROM tenant_activities a WHERE ${matching} GROUP BY 1, 2`;
  const question = { ...input, type: [], cursor: null, limit: null };
  const counts = await kept(fleetKey("counts of activities", ctx, question), ctx.now, count, sizeOf, briefly);
  const { activities, next } = await readActivities(ctx.db, "analytics.activities", ofType, { cursor, limit });
  const asked = counts.filter((count) => type.length === 0 || type.includes(count.type));
  return {
    span: countSpan(steps, (await stateAt(ctx.now)).madeUp),
    total: sum(asked),
    types: byType(counts),
    steps: steps.begins.map((at, index) => {
      const here = asked.filter(({ step }) => step === index + 1);
      return { at, activities: sum(here), failures: sum(here.filter(isFailure)) };
    }),
    activities,
    next,
  };
}

const sizeOf = (counts: Count[]) => 100 * counts.length;

type Count = { type: string; step: number; activities: number };

function isoTimes(times: readonly number[]): string[] {
  return times.map((at) => new Date(at).toISOString());
}

function isFailure({ type }: Count): boolean {
  return (failedTypes as readonly string[]).includes(type);
}

function sum(counts: Count[]): number {
  return counts.reduce((all, { activities }) => all + activities, 0);
}

function byType(counts: Count[]): { type: string; activities: number }[] {
  const types = new Map<string, number>();
  for (const { type, activities } of counts) types.set(type, (types.get(type) ?? 0) + activities);
  return [...types]
    .map(([type, activities]) => ({ type, activities }))
    .sort((one, other) => other.activities - one.activities || one.type.localeCompare(other.type));
}
