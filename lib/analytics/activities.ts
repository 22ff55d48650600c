import type { z } from "zod";
import { type Actor, type Ctx, scopeOf } from "@/lib/gate/context";
import { fleetKey } from "@/lib/gate/fleet-operation";
import { briefly, kept } from "@/lib/gate/kept-answers";
import { readMany } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { Prisma } from "@/lib/platform/prisma";
import { failedTypes } from "@/lib/tenants/shapes";
import { happenedTo, newest } from "./activity-rows";
import { analyticsActivitiesContract } from "./contract";
import { countSpan, countSteps } from "./count-steps";
import { stateAt } from "./question";

/** What happened in the fleet. */
export const listFleetActivities = operation(analyticsActivitiesContract, (ctx, input) =>
  readMany(ctx, (own) => activitiesOf(own, input), { signal: ctx.signal }),
);

async function activitiesOf(ctx: Ctx, input: z.output<typeof analyticsActivitiesContract.input>) {
  const { type, actor, text, before, limit } = input;
  const steps = countSteps(input, ctx.now());
  const parts = [await happenedTo(ctx, input, steps)];
  if (actor !== undefined) parts.push(Prisma.sql`a.actor = ${actor}`);
  if (text !== "") parts.push(Prisma.sql`strpos(lower(a.description), lower(${text})) > 0`);
  const matching = Prisma.join(parts, " AND ");
  const ofType = type.length > 0 ? Prisma.sql`${matching} AND a.activity_type = ANY(${type})` : matching;
  const page = before === undefined ? ofType : Prisma.sql`${ofType} AND ${olderThan(ctx.actor, before)}`;
  const count = () => ctx.db.$queryRaw<Count[]>`
    SELECT a.activity_type AS type, width_bucket(a.created_at, ${isoTimes(steps.begins)}::timestamptz[])::int AS step,
           count(*)::int AS activities
      FROM tenant_activities a WHERE ${matching} GROUP BY 1, 2`;
  const question = { ...input, type: [], before: null, limit: null };
  const counts = await kept(fleetKey("counts of activities", ctx, question), ctx.now, count, sizeOf, briefly);
  const rows = await newest(ctx.db, page, limit + 1);
  const asked = counts.filter((count) => type.length === 0 || type.includes(count.type));
  return {
    span: countSpan(steps, (await stateAt(ctx.now)).madeUp),
    total: sum(asked),
    types: byType(counts),
    steps: steps.begins.map((at, index) => {
      const here = asked.filter(({ step }) => step === index + 1);
      return { at, activities: sum(here), failures: sum(here.filter(isFailure)) };
    }),
    activities: rows.slice(0, limit),
    more: rows.length > limit,
  };
}

const sizeOf = (counts: Count[]) => 100 * counts.length;

type Count = { type: string; step: number; activities: number };

const mostId = 2n ** 63n - 1n;

/** By time, then id: apps tell of sign-ins a moment after they happened, so ids alone don't say what is older. */
function olderThan(actor: Actor, id: string): Prisma.Sql {
  // An id that no bigint can hold is nobody's.
  const known = BigInt(id) > mostId ? mostId : BigInt(id);
  // One of a tenant out of reach is like one that is not there: its time would tell that something happened.
  const within =
    scopeOf(actor).kind === "all"
      ? Prisma.empty
      : Prisma.sql`AND m.tenant_id IN (SELECT t.id FROM tenants t WHERE ${visibleSql(actor)})`;
  const mark = Prisma.sql`SELECT m.created_at, m.id FROM tenant_activities m WHERE m.id = ${known} ${within}`;
  return Prisma.sql`(a.created_at, a.id) < (${mark})`;
}

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
