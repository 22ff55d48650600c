import { operation } from "@/lib/gate/operation";
import { listIpRulesContract } from "./contract";
import { ruleView } from "./view";

export const listIpRules = operation(listIpRulesContract, async (ctx) => {
  const rows = await ctx.db.ipRule.findMany({ orderBy: [{ action: "desc" }, { network: "asc" }] });
  return { rules: rows.map(ruleView), yourAddress: ctx.ipAddress };
});
