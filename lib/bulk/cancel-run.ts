import { actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { changeRun } from "./change-run";
import { cancelRunContract } from "./contract-verbs";
import { expectStatus, lockRun } from "./find-run";

export const cancelRun = operation(cancelRunContract, async (ctx, { id }) => {
  const run = await lockRun(ctx, id);
  expectStatus(run, ["planned", "awaiting_second", "running", "paused"], "cancelled");
  return await changeRun(ctx, run, { status: "cancelling", reason: `Cancelled by ${actorName(ctx.actor)}.` });
});
