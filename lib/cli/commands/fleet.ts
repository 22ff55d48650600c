import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, defineCommand, flag, list, only, text } from "../command";
import { Failed, Found } from "../failure";
import { serverNamed } from "../find";
import { counted } from "../output";
import { momentWords } from "../words";
import { fleetFigureCommands } from "./fleet-figures";
import { watchCommands } from "./fleet-watch";
import { isolation } from "./isolation";

type Finding = Operations["fleet.diagnose"]["output"]["findings"][number];
type MendResult = Operations["fleet.mend"]["output"]["results"][number];

const server = text("only this server, by its name or id", "server");

const health = defineCommand({
  path: "fleet health",
  words: "Shows how each part of Tenantry stands, measured now; exit code 7 unless all is well.",
  examples: ["fleet health", "fleet health --json"],
  async run(cli) {
    const told = await cli.send("health.detailed", {});
    const rows = told.parts.map(({ label, state, words, measured }) => [label, state, words, measured]);
    await cli.out.table(told, ["Part", "State", "What", "Measured"], rows, "There are no parts.");
    if (told.state !== "ok") throw new Found(`Overall it is ${told.state}.`);
  },
});

const diagnose = defineCommand({
  path: "fleet diagnose",
  words: "Finds what is wrong across the registry and every server; exit code 7 when something stays wrong.",
  examples: ["fleet diagnose", "fleet diagnose --server embedded --json", "fleet diagnose --fix"],
  options: {
    rule: list("only these rules", "rule"),
    server,
    fix: flag("mend what can be mended without losing anything"),
  },
  asks: "yes",
  dangerous: (_, { fix }) => (fix ? "What can be mended without losing anything is mended." : null),
  async run(cli, _, { rule, server, fix }) {
    const where = server === undefined ? {} : { server: (await serverNamed(cli, server)).id };
    const input = { ...where, ...only({ rule }) } as Operations["fleet.diagnose"]["input"];
    const found = await cli.send("fleet.diagnose", input);
    const mendable = found.findings.filter((one) => one.mendable);
    if (fix && mendable.length > 0) {
      for (const { subject, words } of mendable) cli.out.note(`To be mended: ${subject.name}: ${words}`);
      const results = await mend(cli, mendable);
      const left = await cli.send("fleet.diagnose", input);
      const rows = results.map(({ id, outcome, words }) => [id, outcome, words]);
      await cli.out.table({ results, left }, ["Finding", "Outcome", "What"], rows, "Nothing was mended.");
      return judged(left);
    }
    await cli.out.table(
      found,
      ["Severity", "Subject", "Server", "Wrong", "To do"],
      found.findings.map(findingRow),
      "Nothing is wrong.",
    );
    judged(found);
  },
});

function findingRow({ severity, subject, server, words, mend, mendable }: Finding) {
  return [
    severity,
    `${subject.kind} ${subject.name}`,
    server?.name ?? null,
    words,
    mendable ? "fleet diagnose --fix" : mend,
  ];
}

/** A hundred at a time; what there was no time for is asked again. */
async function mend(cli: Cli, findings: Finding[]): Promise<MendResult[]> {
  const results: MendResult[] = [];
  const progress = cli.out.progress("Mending", findings.length);
  for (let open = findings.map(({ id }) => id), tries = 0; open.length > 0 && tries < 100; tries++) {
    const answer = await cli.send("fleet.mend", { findings: open.slice(0, 100) });
    const done = answer.results.filter(({ outcome }) => outcome !== "left");
    results.push(...done);
    open = open.filter((id) => !done.some((one) => one.id === id));
    progress.at(results.length);
    if (done.length === 0) break;
  }
  progress.end();
  return results;
}

function judged({ rules, servers }: Operations["fleet.diagnose"]["output"]): void {
  const away = servers.filter(({ asked }) => !asked).map((one) => one.server.name);
  const all = rules.reduce((sum, { findings }) => sum + findings, 0);
  const unknown = away.length > 0 ? ` Not asked, so that what is on it is unknown: ${away.join(", ")}.` : "";
  if (all > 0) throw new Found(`${counted(all, "finding")}.${unknown}`);
  if (away.length > 0) throw new Failed(unknown.trim());
}

const orphans = defineCommand({
  path: "fleet orphans",
  words: "Lists databases and roles on the servers that no tenant has, and what to do about each.",
  examples: ["fleet orphans", "fleet orphans --server embedded"],
  options: { server },
  async run(cli, _, { server }) {
    const where = server === undefined ? {} : { server: (await serverNamed(cli, server)).id };
    const answer = await cli.send("fleet.orphans", where);
    const rows = answer.orphans.map(({ server, kind, name, made, bytes, sessions, lastActivityAt, todo }) => [
      ...[server.name, kind, name, made ? "yes" : "no", bytes === null ? null : Math.round(bytes / 2 ** 20)],
      ...[sessions, momentWords(lastActivityAt), todo],
    ]);
    const columns = ["Server", "Kind", "Name", "Ours", "MiB", "Sessions", "Last activity", "To do"];
    await cli.out.table(answer, columns, rows, "There are none.");
    for (const { server, error } of answer.unasked) cli.out.note(`${server.name} was not asked: ${error}`);
  },
});

const caches = defineCommand({
  path: "fleet caches",
  words: "Lists every cache of every process with what is counted of it.",
  examples: ["fleet caches"],
  async run(cli) {
    const answer = await cli.send("caches.list", {});
    const rows = answer.caches.map(({ name, holder, entries, bytes, hits, misses, oldestAt }) => [
      ...[name, holder, entries, bytes, hits, misses],
      oldestAt === null ? null : momentWords(oldestAt),
    ]);
    const columns = ["Cache", "Held by", "Entries", "Bytes", "Hits", "Misses", "Oldest"];
    await cli.out.table(answer, columns, rows, "No process answered.");
    if (answer.silent > 0) cli.out.note(`${counted(answer.silent, "process")} did not answer.`);
  },
});

const clearCaches = defineCommand({
  path: "fleet caches clear [cache...]",
  words: "Forgets what caches keep, in every process; without names all of them. What is asked next is read anew.",
  examples: ["fleet caches clear", "fleet caches clear resolutions --dry-run"],
  async run(cli, { cache }) {
    const answer = await cli.send("caches.clear", {
      caches: cache as Operations["caches.clear"]["input"]["caches"] & string[],
    });
    cli.out.result(answer, answer.words);
  },
});

const apart: AnyCommand = {
  ...isolation,
  path: "fleet isolation",
  examples: ["fleet isolation", "fleet isolation --server embedded --json"],
};

/** `fleet`: all servers and tenants together. */
export const fleetCommands: readonly AnyCommand[] = [
  ...[health, diagnose, orphans, apart, caches, clearCaches],
  ...fleetFigureCommands,
  ...watchCommands,
];
