import { AppError } from "@/lib/kernel/errors";
import { type AnyCommand, choice, defineCommand, only, text } from "../command";
import { Misused } from "../failure";
import { counted } from "../output";

const listRules = defineCommand({
  path: "ip-rules list",
  words: "Lists which networks may reach the console and the API.",
  examples: ["ip-rules list"],
  async run(cli) {
    const answer = await cli.send("ipRules.list", {});
    const rows = answer.rules.map(({ id, action, network, area, note }) => [action, network, area, note, id]);
    await cli.out.table(answer, ["Action", "Network", "Area", "Note", "Id"], rows, "There are no IP rules.");
  },
});

const addRule = defineCommand({
  path: "ip-rules add <action> <network>",
  words: "Allows or denies a network; with an allow rule, every other network is kept out of that area.",
  examples: ["ip-rules add deny 203.0.113.0/24 --area api --note Crawler --yes"],
  options: { area: choice("where, both unless told", ["console", "api", "both"]), note: text("what it is for") },
  dangerous: ({ action, network }) =>
    action === "allow" ? `Every network but ${network} and those allowed before is kept out.` : null,
  asks: "yes",
  async run(cli, { action, network }, { area = "both", note }) {
    if (action !== "allow" && action !== "deny")
      throw new Misused("A rule allows or denies: ip-rules add allow|deny …");
    const rule = await cli.send("ipRules.add", { action, network, area, ...only({ note }) });
    cli.out.result(rule, `${network} has its rule.`);
  },
});

const removeRule = defineCommand({
  path: "ip-rules remove <network>",
  words: "Removes the rule of a network, named by the network or its id.",
  examples: ["ip-rules remove 203.0.113.0/24 --yes"],
  dangerous: ({ network }) =>
    `The rule of ${network} ends: whom it kept out may ask again, and whom it let in may not.`,
  asks: "yes",
  async run(cli, { network }) {
    const { rules } = await cli.send("ipRules.list", {});
    const found = rules.filter((one) => one.id === network || one.network === network);
    const [rule] = found;
    if (!rule) throw new AppError("not_found", `There is no rule of ${network}. See: tenantry ip-rules list`);
    if (found.length > 1)
      throw new Misused(`${network} has ${found.length} rules: name one by its id (ip-rules list).`);
    const removed = await cli.send("ipRules.remove", { id: rule.id });
    cli.out.result(removed, `${rule.network} has no rule any more.`);
  },
});

const clearRules = defineCommand({
  path: "ip-rules clear",
  words: "Removes every IP rule: everybody may ask again, and has to sign in as before.",
  examples: ["ip-rules clear --yes"],
  dangerous: "Every IP rule goes: everybody may ask again.",
  async run(cli) {
    const { rules } = await cli.send("ipRules.list", {});
    for (const { id } of rules) await cli.send("ipRules.remove", { id });
    cli.out.result({ removed: rules }, `Removed ${counted(rules.length, "rule")}.`);
  },
});

/** `ip-rules`: which networks may ask, and the way back in for somebody whom the rules keep out. */
export const ipRuleCommands: readonly AnyCommand[] = [listRules, addRule, removeRule, clearRules];
