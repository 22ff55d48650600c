import { refuse } from "@/lib/gate/access";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { demoTenants } from "@/sample/shapes";
import { loadDemoContract } from "./contract";
import { begin, lockDemo } from "./fleet-row";
import type { LoadStep } from "./rules";
import { hindranceWords } from "./rules";
import { demoViewOf, hindranceOf, liveTenants, takenSlugs } from "./view";

const creating = { ...loadDemoContract, access: "tenants:create" as const };
const first: LoadStep = "tenants";

/** Loading what is loaded makes the tenants that somebody purged, should there be some. */
export const loadDemo = operation(loadDemoContract, async (ctx) => {
  const refusal = refuse(creating, ctx.actor);
  if (refusal) throw refusal;
  const state = await lockDemo(ctx.db);
  if (state === "removing")
    throw new AppError("conflict", "The demo fleet is being removed. Load it again once it is gone.");
  if (state === "loading") return await demoViewOf(ctx.db);
  const hindrance = await hindranceOf(ctx.db);
  if (hindrance === "demo_no_app") throw new AppError("conflict", hindranceWords[hindrance], { reason: "demo_no_app" });
  if (hindrance === "demo_no_server")
    throw new AppError("conflict", hindranceWords[hindrance], { reason: "demo_no_server" });
  const there = (await liveTenants(ctx.db)).length + (await takenSlugs(ctx.db)).length;
  if (state !== "loaded" || there < demoTenants.length) await begin(ctx, state, "loading", first);
  return await demoViewOf(ctx.db);
});
