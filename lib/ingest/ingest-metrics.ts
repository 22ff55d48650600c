import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { countPoints } from "@/lib/keys/rate-limit";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import type { ingestMetricsContract } from "./contract";
import { findTenants } from "./find-tenants";
import { grouped } from "./grouped";
import { Malformed, type Point, pointsOf } from "./read-points";
import { quoted, Rejections } from "./rejections";
import { leftOf, type Screened, screen } from "./screen";
import { holdTenants, type Outcome, readKnown, store } from "./store";
import { type Known, TenantState } from "./tenant-state";

const day = 86_400_000;

/** A tenant's points of one request: those that may be taken, and those beyond the limit. */
type Batch = { tenant: string; points: Screened[]; beyond: Screened[] };

/**
 * Takes an ExportMetricsServiceRequest, decoded. What can't be taken is counted and explained in the answer; everything
 * else is stored in one transaction. Metrics are no administrative change: the audit trail has refusals only.
 */
export async function ingestMetrics(
  ctx: Ctx,
  request: unknown,
): Promise<z.output<(typeof ingestMetricsContract)["output"]>> {
  const rejections = new Rejections();
  const now = ctx.now();
  const screened = screenAll(request, now.getTime(), rejections);
  const batches = await withinLimits(await byTenant(ctx, screened, rejections), rejections);
  if (batches.length > 0) {
    await controlDb().$transaction(
      async (db) => {
        const ids = batches.map(({ tenant }) => tenant);
        await holdTenants(db, ids);
        const known = await readKnown(db, ids);
        const outcomes = batches.flatMap((batch) => settle(batch, known.get(batch.tenant), rejections) ?? []);
        await store(db, outcomes, now);
      },
      { maxWait: 5000, timeout: 20_000 },
    );
  }
  const { partialSuccess } = rejections;
  return partialSuccess ? { partialSuccess } : {};
}

function screenAll(request: unknown, now: number, rejections: Rejections): Screened[] {
  const oldest = now - env().USAGE_RETENTION_DAYS * day;
  const screened: Screened[] = [];
  for (const point of read(request)) {
    const one = screen(point, now, oldest, rejections);
    if (one) screened.push(one);
  }
  return screened;
}

function read(request: unknown): Point[] {
  try {
    return pointsOf(request);
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    throw new AppError("invalid", `This is no ExportMetricsServiceRequest. ${cause.message}`, { cause });
  }
}

/** A tenant that is out of the sender's reach is told like one that there is not. */
async function byTenant(ctx: Ctx, screened: Screened[], rejections: Rejections): Promise<Batch[]> {
  const byName = grouped(screened, ({ tenant }) => tenant);
  const ids = byName.size > 0 ? await findTenants(ctx, [...byName.keys()]) : new Map<string, string>();
  const byId = new Map<string, Screened[]>();
  for (const [name, points] of byName) {
    const id = ids.get(name);
    if (id === undefined) rejections.reject(`the tenant ${quoted(name)} is not known.`, points.length);
    else addAll(byId, id, points);
  }
  return [...byId].map(([tenant, points]) => ({ tenant, points, beyond: [] }));
}

/** One tenant may go by many names: each point is moved once. */
function addAll(byId: Map<string, Screened[]>, id: string, points: Screened[]): void {
  const all = byId.get(id);
  if (!all) byId.set(id, points);
  else for (const point of points) all.push(point);
}

/** Splits off what is beyond the tenants' points a minute; where that is everything, the sender has to wait. */
async function withinLimits(batches: Batch[], rejections: Rejections): Promise<Batch[]> {
  const perMinute = env().OTLP_POINTS_PER_MINUTE;
  let wait = 0;
  const limited = await Promise.all(
    batches.map(async ({ tenant, points }): Promise<Batch> => {
      const { fit, resetSeconds } = await countPoints({ by: "points", id: tenant, perMinute }, points.length);
      wait = Math.max(wait, resetSeconds);
      return { tenant, points: points.slice(0, fit), beyond: points.slice(fit) };
    }),
  );
  if (batches.length > 0 && limited.every(({ points }) => points.length === 0)) {
    const words = `A tenant's apps may send ${perMinute} points a minute. Wait ${wait} s.`;
    throw new AppError("limit", words, { retryAfter: wait, reason: "rate_limited" });
  }
  const beyond = limited.reduce((sum, one) => sum + one.beyond.length, 0);
  rejections.reject(`beyond the ${perMinute} points a minute that a tenant's apps may send.`, beyond);
  return limited;
}

/** What follows for one tenant of its points and of what is known. */
function settle(batch: Batch, known: Known | undefined, rejections: Rejections): Outcome | undefined {
  if (!known) return undefined;
  const state = new TenantState(known, env().OTLP_SERIES_PER_TENANT, rejections);
  state.refuse(batch.beyond);
  const values = state.take(batch.points.filter((point) => isNeeded(point, known, rejections)));
  const refusedAt = state.refusedAt > known.refusedAt ? state.refusedAt : null;
  return { tenant: batch.tenant, series: [...state.changed.values()], refusedAt, values };
}

/** The tenant runtime's own figures win: what it tells by itself is not taken from the app. */
function isNeeded({ feed }: Screened, { fromRuntime }: Known, rejections: Rejections): boolean {
  const left = leftOf(feed, fromRuntime);
  if (left === "nothing") rejections.reject("the tenant runtime measures this by itself; its figures are taken.");
  if (left === "part")
    rejections.note("Of requests only errors were taken: the tenant runtime measures the rest by itself.");
  return left !== "nothing";
}
