import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, choices, defineCommand, number, only } from "../command";
import { Misused } from "../failure";
import { tenantNamed } from "../find";
import { pairs } from "../words";

type Limits = Operations["tenants.settings"]["output"]["limits"];

const showSettings = defineCommand({
  path: "tenants settings show <tenant>",
  words: "Shows what PostgreSQL holds a tenant to.",
  examples: ["tenants settings show acme"],
  async run(cli, { tenant }) {
    const { id } = await tenantNamed(cli, tenant);
    const answer = await cli.send("tenants.settings", { id });
    cli.out.result(answer, () => limitWords(answer.limits));
  },
});

const names = ["connections", "statementTimeoutSeconds", "idleInTransactionSeconds", "workMemMb", "storageMb"] as const;

const editSettings = defineCommand({
  path: "tenants settings edit <tenant>",
  words: "Sets what PostgreSQL holds a tenant to; what is not named stays as it is.",
  examples: [
    "tenants settings edit acme --connections 20 --statement-timeout-seconds 30",
    "tenants settings edit acme --unlimited storageMb,workMemMb",
  ],
  options: {
    connections: number("open at the same time"),
    statementTimeoutSeconds: number("seconds that a statement may take", "s"),
    idleInTransactionSeconds: number("seconds that a transaction may stand still", "s"),
    workMemMb: number("MiB that one sort or hash may take", "MiB"),
    storageMb: number("MiB on disk; watched, not enforced", "MiB"),
    unlimited: choices("take these limits away", names),
  },
  async run(cli, { tenant }, { unlimited = [], ...given }) {
    const limits = { ...only(given), ...Object.fromEntries(unlimited.map((name) => [name, null])) };
    if (Object.keys(limits).length === 0) throw new Misused("Say which limit, such as --connections 20.");
    const { id } = await tenantNamed(cli, tenant);
    const answer = await cli.send("tenants.editSettings", { id, limits });
    cli.out.result(answer, () => limitWords(answer.limits));
  },
});

function limitWords(limits: Limits): string {
  const of = (value: number | null, unit: string) => (value === null ? "no limit of its own" : `${value}${unit}`);
  return pairs([
    ["Connections", of(limits.connections, "")],
    ["Statements", of(limits.statementTimeoutSeconds, " s")],
    ["Idle in transaction", of(limits.idleInTransactionSeconds, " s")],
    ["Work memory", of(limits.workMemMb, " MiB")],
    ["Storage (watched)", of(limits.storageMb, " MiB")],
  ]);
}

/** What a tenant is held to. */
export const tenantSettingCommands: readonly AnyCommand[] = [showSettings, editSettings];
