import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { editIpRuleContract, showIpRuleContract } from "./contract";
import { lockRules, refuseLockOut } from "./lock-out";
import { ruleView } from "./view";

export const editIpRule = operation(editIpRuleContract, async (ctx, { id, ...wanted }) => {
  await lockRules(ctx);
  const rules = await ctx.db.ipRule.findMany();
  const before = rules.find((rule) => rule.id === id);
  if (!before) throw new AppError("not_found", "There is no such IP rule.");
  await requireMatch(ctx, showIpRuleContract, () => ruleView(before));
  const data = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const after = { ...before, ...data };
  const others = rules.filter((rule) => rule !== before);
  if (others.some(({ network, area }) => network === after.network && area === after.area)) {
    const fields = { network: "There is another rule for this network and area. Remove it first." };
    throw new AppError("conflict", "There is such a rule already.", { fields });
  }
  refuseLockOut(ctx, [...others, after]);
  await ctx.db.ipRule.update({ where: { id }, data });
  Object.assign(ctx.note, { target: id, before: ruleView(before), after: ruleView(after) });
  return ruleView(after);
});
