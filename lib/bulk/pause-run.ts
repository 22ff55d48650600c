import { actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { changeRun } from "./change-run";
import { pauseRunContract } from "./contract-verbs";
import { expectStatus, lockRun } from "./find-run";

export const pauseRun = operation(pauseRunContract, async (ctx, { id }) => {
  const run = await lockRun(ctx, id);
  expectStatus(run, ["running"], "paused");
  return await changeRun(ctx, run, { status: "paused", reason: `Paused by ${actorName(ctx.actor)}.` });
});
