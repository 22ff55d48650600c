import { actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { findTenant } from "@/lib/tenants/find";
import { endSupportContract } from "./contract";
import { endAccess } from "./end-access";
import { stateOf, supportViewOf } from "./view";

/** Anybody who may open an app as support may end anybody's session there: what is open should be easy to shut. */
export const endSupport = operation(endSupportContract, async (ctx, { id, access }) => {
  await findTenant(ctx, id);
  const row = await ctx.db.supportAccess.findFirst({ where: { id: access, tenantId: id } });
  if (!row) throw new AppError("not_found", "There is no such support session.");
  const after = await endAccess(ctx, row, actorName(ctx.actor), "");
  const told = (state: typeof row) => ({ access, state: stateOf(state, ctx.now()), user: row.userEmail });
  Object.assign(ctx.note, { target: id, before: told(row), after: told(after) });
  return supportViewOf(after, ctx.now());
});
