import { actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { addIpRuleContract } from "./contract";
import { lockRules, refuseLockOut } from "./lock-out";
import { ruleView } from "./view";

export const addIpRule = operation(addIpRuleContract, async (ctx, input) => {
  await lockRules(ctx);
  const rules = await ctx.db.ipRule.findMany();
  if (rules.some(({ network, area }) => network === input.network && area === input.area)) {
    const fields = { network: "There is a rule for this network and area already. Remove it first." };
    throw new AppError("conflict", "There is such a rule already.", { fields });
  }
  refuseLockOut(ctx, [...rules, input]);
  const id = newId(ctx.now());
  const row = await ctx.db.ipRule.create({
    data: { id, ...input, createdBy: actorName(ctx.actor), createdAt: ctx.now() },
  });
  Object.assign(ctx.note, { target: id, after: ruleView(row) });
  return ruleView(row);
});
