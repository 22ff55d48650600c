import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { requireStepUp } from "@/lib/gate/step-up";
import { checkPersons, checkPlan, keepConfirmation, refused } from "./confirm";
import { confirmRunContract } from "./contract-verbs";
import { lockRun, type RunRow } from "./find-run";
import { ownAction } from "./own-action";
import { planLivesMs } from "./rules";
import { runViewOf } from "./view";

export const confirmRun = operation(confirmRunContract, async (ctx, { id, digest }) => {
  const run = await lockRun(ctx, id);
  const action = ownAction(ctx.actor, run);
  checkStatus(ctx, run);
  await checkPersons(ctx, run, action);
  if (digest !== run.digest) throw refused("digest_mismatch", "This confirms another plan than the one that stands.");
  await checkPlan(ctx, run);
  if (ctx.actor.kind !== "key") await requireStepUp(ctx, run.digest);
  const status = await keepConfirmation(ctx, run);
  const view = await runViewOf(ctx.db, id);
  Object.assign(ctx.note, {
    target: id,
    before: { status: run.status },
    after: { status, digest, counts: view.counts },
  });
  return view;
});

function checkStatus({ now }: Ctx, { status, confirmedBy, plannedAt }: RunRow): void {
  if (status !== "planned" && status !== "awaiting_second") {
    const by = confirmedBy === null ? "" : ` It was confirmed by ${confirmedBy} already.`;
    throw refused("not_confirmable", `This run can't be confirmed: it is ${status}.${by}`);
  }
  if (now().getTime() - plannedAt.getTime() > planLivesMs)
    throw refused("plan_expired", "This plan is older than a day. Plan it anew and look at it again.");
}
