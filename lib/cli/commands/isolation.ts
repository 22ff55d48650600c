import type { Operations } from "@/lib/sdk/generated";
import { type Cli, defineCommand, text } from "../command";
import { Failed, Found } from "../failure";
import { serverNamed } from "../find";
import { counted } from "../output";
import { printable } from "../width";

type IsolationServer = Operations["isolation.check"]["output"]["servers"][number];
type IsolationFinding = Operations["isolation.findings"]["output"]["findings"][number];

/** `isolation`: are the tenants apart. */
export const isolation = defineCommand({
  path: "isolation",
  words: "Proves that tenants are apart, on every server or one; exit code 7 when something leaks.",
  examples: ["isolation", "isolation --server embedded --json"],
  options: { server: text("only this server, by its name or id", "server") },
  async run(cli, _, options) {
    const only = options.server === undefined ? {} : { server: (await serverNamed(cli, options.server)).id };
    const { servers } = await cli.send("isolation.check", only);
    const findings = await openFindings(cli, only);
    cli.out.result({ servers, findings }, () =>
      [...servers.map(serverWords), ...findings.flatMap(findingWords)].join("\n"),
    );
    const failed = servers.filter(({ state }) => state !== "proven" && state !== "leaking");
    if (failed.length > 0) throw new Failed(`Not proven: ${counted(failed.length, "server")} could not be asked.`);
    if (findings.length > 0) throw new Found(`Tenants are not apart: ${counted(findings.length, "leak")}.`);
    if (servers.length === 0) cli.out.note("There is no server yet: nothing had to be proven.");
  },
});

async function openFindings(cli: Cli, where: { server?: string }): Promise<IsolationFinding[]> {
  const all: IsolationFinding[] = [];
  for (let page = 1; ; page++) {
    const { findings, total } = await cli.send("isolation.findings", { ...where, page, pageSize: 200 });
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
