import { resolve } from "node:path";
import type { Check, Finding, State } from "@/lib/doctor/check";
import { type AnyCommand, type Cli, defineCommand } from "../command";
import { Found } from "../failure";
import { counted } from "../output";
import { printable } from "../width";

const doctor = defineCommand({
  path: "doctor",
  words: "Looks what is wrong with the installation and says what to do; exit code 7 when something is.",
  examples: ["doctor", "doctor --json", "doctor --url https://console.example.com"],
  where: "anywhere",
  async run(cli) {
    const { examine, summaryOf } = await import("@/lib/doctor/check");
    const checks = cli.api ? await fromAfar(cli, cli.api) : await onHost();
    const progress = cli.out.progress("Looking…", checks.length);
    let number = 0;
    const told = ({ about }: Check) => progress.at(number++, about);
    // Servers that are away are waited for, one after the other.
    const findings = await examine(checks, { patienceMs: 60_000, signal: cli.signal, told }).finally(async () => {
      progress.end();
      if (!cli.api) await disconnect();
    });
    const summary = summaryOf(findings);
    cli.out.result({ summary, checks: findings }, () => [...findings.map(inWords), "", sumWords(summary)].join("\n"));
    if (summary.wrong > 0)
      throw new Found(`${counted(summary.wrong, "thing")} ${summary.wrong === 1 ? "is" : "are"} wrong.`);
  },
});

async function onHost(): Promise<Check[]> {
  const { locateInstallation } = await import("../installation");
  const { softwareChecks } = await import("@/lib/doctor/software-checks");
  const { folderChecks } = await import("@/lib/doctor/folder-checks");
  const { portChecks } = await import("@/lib/doctor/port-checks");
  const { controlChecks } = await import("@/lib/doctor/control-checks");
  const { fleetChecks } = await import("@/lib/doctor/fleet-checks");
  const { systemClock } = await import("@/lib/kernel/clock");
  const { folder, embedded, needsFolder, url, host, ports, running } = await locateInstallation();
  const { web, app, database, databaseNow } = ports;
  const listening = embedded
    ? { host, web, app, database: { wanted: database, running: databaseNow }, running }
    : { host, web, app: undefined, database: undefined, running };
  return [
    ...softwareChecks({ root: resolve("."), embedded }),
    ...folderChecks({ folder, needed: needsFolder }),
    ...portChecks(listening),
    // Nothing says where the database is: the address of none leads to a check that says so.
    ...controlChecks(url ?? "", embedded),
    ...fleetChecks(systemClock),
  ];
}

/** No installation was opened, so that nobody else lets go of its database. */
async function disconnect(): Promise<void> {
  const { controlDb } = await import("@/lib/platform/prisma");
  // Where the settings can't be read, there was no connection.
  await Promise.resolve()
    .then(() => controlDb().$disconnect())
    .catch(() => undefined);
}

async function fromAfar(cli: Cli, { url, key }: NonNullable<Cli["api"]>): Promise<Check[]> {
  const { readFileSync } = await import("node:fs");
  const { remoteChecks } = await import("@/lib/doctor/remote-checks");
  const { createClient } = await import("@/lib/sdk/client");
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const client = createClient({ url, signal: cli.signal, retries: 0, ...(key !== undefined && { key }) });
  return remoteChecks({ url, key, client, version, now: () => new Date() });
}

const signs: Record<State, string> = {
  ok: "ok       ",
  warning: "warning  ",
  wrong: "WRONG    ",
  unchecked: "unchecked",
};

function inWords({ about, state, words, todo }: Finding): string {
  const line = `${signs[state]}  ${about}: ${printable(words)}`;
  return todo === null ? line : `${line}\n             → ${printable(todo)}`;
}

function sumWords({ ok, warning, wrong, unchecked }: Record<State, number>): string {
  return `${ok} ok, ${counted(warning, "warning")}, ${wrong} wrong, ${unchecked} not checked.`;
}

/** `doctor`: what is wrong, and what to do. */
export const doctorCommands: readonly AnyCommand[] = [doctor];
