import type { Command } from "commander";
import { perform } from "@/lib/gate/operation";
import type { IpRuleRow } from "@/lib/keys/contract";
import { listIpRules } from "@/lib/keys/list-ip-rules";
import { removeIpRule } from "@/lib/keys/remove-ip-rule";
import { hostContext, openInstallation } from "./installation";
import { answer, counted } from "./output";

type Options = { json?: boolean };

/** `ip-rules`: the way back in for somebody whom the rules keep out. */
export function addNetworkCommands(program: Command): void {
  const rules = program.command("ip-rules").description("Which networks may reach the console and the API.");
  rules.command("list").description("Lists the IP rules.").option("--json", "write the result as JSON").action(list);
  rules
    .command("clear")
    .description("Removes every IP rule: everybody may ask again, and has to sign in as before.")
    .option("--json", "write the result as JSON")
    .action(clear);
}

async function list(options: Options): Promise<void> {
  await openInstallation();
  const { rules } = await perform(listIpRules, hostContext(), {});
  answer(options, rules, rules.length === 0 ? "There are no IP rules." : rules.map(inWords).join("\n"));
}

async function clear(options: Options): Promise<void> {
  await openInstallation();
  const { rules } = await perform(listIpRules, hostContext(), {});
  for (const { id } of rules) await perform(removeIpRule, hostContext(), { id });
  answer(options, { removed: rules }, `Removed ${counted(rules.length, "rule")}.`);
}

function inWords({ action, network, area, note }: IpRuleRow): string {
  return `${action.padEnd(5)}  ${network.padEnd(24)}  ${area.padEnd(7)}  ${note}`.trimEnd();
}
