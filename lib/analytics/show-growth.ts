import { fleetOperation } from "@/lib/gate/fleet-operation";
import { figure } from "@/lib/history/cells";
import { readFastest, readStorageEnds } from "@/lib/history/read-growth";
import { spanView } from "@/lib/history/span";
import { analyticsGrowthContract } from "./contract";
import { countLives, livesOf } from "./made-and-gone";
import { fleetQuestion, namesOf } from "./question";

const day = 86_400_000;

/** How the fleet grows. */
export const showGrowth = fleetOperation(analyticsGrowthContract, async (ctx, input) => {
  const { which, frame } = await fleetQuestion(ctx, input);
  const lives = await livesOf(ctx, input);
  const storage = await readStorageEnds(ctx.db, which, frame);
  const fastest = await readFastest(ctx.db, which, frame, input.top);
  const names = await namesOf(
    ctx,
    fastest.map(({ tenant }) => tenant),
  );
  return {
    span: spanView(frame),
    tenants: frame.begins.map((at, step) => ({ at, ...countLives(lives, at, frame.begins[step + 1] ?? frame.to) })),
    storage,
    fastest: fastest.flatMap(({ tenant: id, from, to, first, last }) => {
      const tenant = names.get(id);
      const perDay = figure(((to - from) / (last - first)) * day);
      return tenant ? [{ tenant, from: figure(from), to: figure(to), perDay }] : [];
    }),
  };
});
