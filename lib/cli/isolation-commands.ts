import type { Command } from "commander";
import { perform } from "@/lib/gate/operation";
import { checkIsolation } from "@/lib/isolation/check-isolation";
import type { IsolationFinding, IsolationServer } from "@/lib/isolation/contract";
import { listIsolationFindings } from "@/lib/isolation/list-findings";
import { AppError } from "@/lib/kernel/errors";
import { listServers } from "@/lib/servers/list-servers";
import { hostContext, openInstallation } from "./installation";
import { answer, counted, tell } from "./output";

type Options = { server?: string; json?: boolean };

/** `isolation`: are the tenants apart. */
export function addIsolationCommands(program: Command): void {
  program
    .command("isolation")
    .description("Proves that tenants are apart, on every server or one; fails when something leaks.")
    .option("--server <name>", "only this server")
    .option("--json", "write the result as JSON")
    .action(prove);
}

async function prove(options: Options): Promise<void> {
  await openInstallation();
  const server = options.server === undefined ? {} : { server: await serverNamed(options.server) };
  const { servers } = await perform(checkIsolation, hostContext(), server);
  const findings = await openFindings(server);
  answer(options, { servers, findings }, [...servers.map(serverWords), ...findings.flatMap(findingWords)].join("\n"));
  const failed = servers.filter(({ state }) => state !== "proven" && state !== "leaking");
  if (failed.length > 0)
    throw new AppError("unavailable", `Not proven: ${counted(failed.length, "server")} could not be asked.`);
  if (findings.length > 0)
    throw new AppError("conflict", `Tenants are not apart: ${counted(findings.length, "leak")}.`);
  if (servers.length === 0) tell("There is no server yet: nothing had to be proven.");
}

async function serverNamed(name: string): Promise<string> {
  const { servers } = await perform(listServers, hostContext(), {});
  const server = servers.find((one) => one.name === name);
  if (server) return server.id;
  const names = servers.map((one) => one.name).join(", ");
  throw new AppError("invalid", `There is no server ${name}. There are: ${names || "none"}.`);
}

async function openFindings(where: { server?: string }): Promise<IsolationFinding[]> {
  const all: IsolationFinding[] = [];
  for (let page = 1; ; page++) {
    const { findings, total } = await perform(listIsolationFindings, hostContext(), { ...where, page, pageSize: 200 });
    all.push(...findings);
    if (findings.length === 0 || all.length >= total) return all;
  }
}

function serverWords({
  server,
  state,
  tenants,
  roles,
  pairs,
  tookMs,
  findings,
  error,
  above,
}: IsolationServer): string {
  if (state === "failed" || state === "running" || state === "never")
    return `${server.name}: not asked. ${error ?? ""}`.trimEnd();
  const asked = `${counted(tenants, "tenant")} and ${counted(roles, "role")}, ${counted(pairs, "pair")} in ${seconds(tookMs)}`;
  const beyond =
    above.length === 0 ? "" : ` Can't be held back: ${above.map(({ role }) => printable(role)).join(", ")}.`;
  return `${server.name}: ${findings === 0 ? "proven" : counted(findings, "leak")} (${asked}).${beyond}`;
}

const seconds = (ms: number | null): string => `${((ms ?? 0) / 1000).toFixed(2)} s`;

function findingWords({ tenant, words, mend, firstSeen, rule, server, stale }: IsolationFinding): string[] {
  const since = `since ${firstSeen}${stale ? ", not looked at again" : ""}`;
  const lines = [
    `- ${server.name}, ${tenant ? tenant.slug : "the whole server"} (${rule}, ${since}): ${printable(words)}`,
  ];
  return mend === null ? lines : [...lines, `    ${printable(mend)}`];
}

/** Names are somebody else's words: what would move a terminal's cursor or colours is shown as its code instead. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}
