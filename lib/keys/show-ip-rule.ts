import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { showIpRuleContract } from "./contract";
import { ruleView } from "./view";

export const showIpRule = operation(showIpRuleContract, async ({ db }, { id }) => {
  const row = await db.ipRule.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such IP rule.");
  return ruleView(row);
});
