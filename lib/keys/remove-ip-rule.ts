import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { removeIpRuleContract, showIpRuleContract } from "./contract";
import { lockRules, refuseLockOut } from "./lock-out";
import { ruleView } from "./view";

export const removeIpRule = operation(removeIpRuleContract, async (ctx, { id }) => {
  await lockRules(ctx);
  const rules = await ctx.db.ipRule.findMany();
  const row = rules.find((rule) => rule.id === id);
  if (!row) throw new AppError("not_found", "There is no such IP rule.");
  await requireMatch(ctx, showIpRuleContract, () => ruleView(row));
  refuseLockOut(
    ctx,
    rules.filter((rule) => rule !== row),
  );
  await ctx.db.ipRule.delete({ where: { id } });
  Object.assign(ctx.note, { target: id, before: ruleView(row) });
  return ruleView(row);
});
