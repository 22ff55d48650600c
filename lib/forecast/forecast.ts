import { type Ctx, scopeOf } from "@/lib/gate/context";
import { keptFor } from "@/lib/gate/fleet-operation";
import { briefly } from "@/lib/gate/kept-answers";
import { readMany } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import { readMadeUp } from "@/lib/history/made-up";
import { AppError } from "@/lib/kernel/errors";
import { findTenant } from "@/lib/tenants/find";
import type { TenantFilter } from "@/lib/tenants/list-tenants";
import { candidates } from "./candidates";
import { type Forecast, forecastContract } from "./contract";
import { dailySeries, type ForecastMetric } from "./daily-series";
import { inTurns } from "./in-turns";
import { serverLimit, servers, tenantLimit } from "./limits";
import { bySoonest, detailOf, method, outlookOf, type Question } from "./outlook";
import { tenantNames } from "./tenant-names";

type Input = TenantFilter & { metric: ForecastMetric; horizonDays: number; top: number };

/** When limits are reached: of the fleet's servers and tenants, or of one with its band. */
export const forecast = operation(forecastContract, async (ctx, { tenant, onServer, ...input }) => {
  if (tenant) return await one(ctx, input, "tenant", tenant, await tenantQuestion(ctx, input.metric, tenant));
  if (onServer) return await one(ctx, input, "server", onServer, await serverQuestion(ctx, input.metric, onServer));
  return await keptFor(forecastContract, ctx, input, () => readMany(ctx, (own) => ofAll(own, input)), briefly);
});

/** What every answer tells of itself. */
async function about({ db }: Ctx): Promise<Pick<Forecast, "method" | "madeUpUntil">> {
  const madeUp = await readMadeUp(db);
  return { method, madeUpUntil: madeUp === null ? null : new Date(madeUp).toISOString() };
}

async function ofAll(ctx: Ctx, input: Input): Promise<Forecast> {
  const ofServers = await serverOutlooks(ctx, input);
  const ofTenants = await tenantOutlooks(ctx, input);
  return { ...(await about(ctx)), outlooks: [...ofServers, ...ofTenants.slice(0, input.top)], detail: null };
}

async function one(ctx: Ctx, input: Input, of: "tenant" | "server", id: string, question: Question): Promise<Forecast> {
  const series = (await dailySeries(ctx.db, of, [id], input.metric, ctx.now())).get(id);
  const outlooks = [outlookOf(question, series, input.horizonDays)];
  return { ...(await about(ctx)), outlooks, detail: detailOf(series, input.horizonDays) };
}

async function tenantQuestion(ctx: Ctx, metric: ForecastMetric, id: string): Promise<Question> {
  const { slug, name, status, plan, settings } = await findTenant(ctx, id);
  const tenant = { id, slug, name, status, plan };
  return { subject: { kind: "tenant", tenant }, metric, limit: tenantLimit(settings, metric) };
}

async function serverQuestion(ctx: Ctx, metric: ForecastMetric, id: string): Promise<Question> {
  if (scopeOf(ctx.actor).kind !== "all")
    throw new AppError("forbidden", "A server's figures are all its tenants': your rights reach only some tenants.");
  const [server] = await servers(ctx.db, id);
  if (!server) throw new AppError("not_found", "There is no such server.");
  const subject = { kind: "server" as const, server: { id, name: server.name } };
  return { subject, metric, limit: serverLimit(server, metric) };
}

/** Servers hold everybody's tenants: they are told to those whose rights reach all, where nothing narrows the question. */
async function serverOutlooks(ctx: Ctx, { metric, horizonDays, top, ...filter }: Input) {
  const { search, status, plan, region, tag, server, schema } = filter;
  const narrowed = search || schema !== undefined || [status, plan, region, tag].some((list) => list.length > 0);
  if (scopeOf(ctx.actor).kind !== "all" || narrowed) return [];
  const all = await servers(ctx.db, server);
  const ids = all.map(({ id }) => id);
  const series = await dailySeries(ctx.db, "server", ids, metric, ctx.now());
  const outlooks = await inTurns(all, ({ id, name, ...row }) => {
    const limit = serverLimit(row, metric);
    return outlookOf({ subject: { kind: "server", server: { id, name } }, metric, limit }, series.get(id), horizonDays);
  });
  return outlooks.sort(bySoonest).slice(0, top);
}

async function tenantOutlooks(ctx: Ctx, { metric, horizonDays, top, ...filter }: Input) {
  const chosen = await candidates(ctx, filter, metric, top);
  const ids = chosen.map(({ id }) => id);
  const names = await tenantNames(ctx.db, ids);
  const series = await dailySeries(ctx.db, "tenant", ids, metric, ctx.now());
  const outlooks = await inTurns(chosen, ({ id, settings }) => {
    const tenant = names.get(id);
    if (!tenant) return [];
    const question = { subject: { kind: "tenant" as const, tenant }, metric, limit: tenantLimit(settings, metric) };
    return [outlookOf(question, series.get(id), horizonDays)];
  });
  return outlooks.flat().sort(bySoonest);
}
