import { actorName, type Ctx } from "@/lib/gate/context";
import type { Db } from "@/lib/platform/prisma";
import type { DemoState } from "./rules";

/** Holds the demo's row until the transaction ends, and says how the demo stands. */
export async function lockDemo(db: Db): Promise<DemoState> {
  await db.$executeRaw`INSERT INTO demo_fleet (id) VALUES (1) ON CONFLICT DO NOTHING`;
  const rows = await db.$queryRaw<{ state: DemoState }[]>`SELECT state::text AS state FROM demo_fleet FOR UPDATE`;
  return rows[0]?.state ?? "none";
}

/** Begins to load or remove, for who asks: a worker takes it up within a second. */
export async function begin(ctx: Ctx, from: DemoState, state: "loading" | "removing", step: string): Promise<void> {
  const data = { state, step, by: actorName(ctx.actor), since: ctx.now(), problem: null };
  await ctx.db.demoFleet.update({ where: { id: 1 }, data });
  Object.assign(ctx.note, { before: { state: from }, after: { state } });
}
