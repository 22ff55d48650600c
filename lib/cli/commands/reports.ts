import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choices, defineCommand, flag, list, only, text } from "../command";
import { Failed, Misused } from "../failure";
import { writeFile } from "../files";
import { paging, showList } from "../pages";
import { about, inputOf, type Kind } from "../report-input";
import { momentWords, pairs } from "../words";
import { scheduleCommands } from "./report-schedules";

type Report = Operations["reports.show"]["output"];

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const example = "01980f3e-0000-7000-8000-000000000000";
const statuses = ["waiting", "running", "done", "failed", "cancelled"] as const;

const listKinds = defineCommand({
  path: "reports kinds [kind]",
  words: "Lists what can be had as a file; of one, its columns and what it takes.",
  examples: ["reports kinds", "reports kinds tenants"],
  async run(cli, { kind: name }) {
    if (name !== undefined) return showKind(cli, await kindNamed(cli, name));
    const told = await cli.send("reports.kinds", {});
    const rows = told.kinds.map(({ name, format, words }) => [name, format.toUpperCase(), words]);
    await cli.out.table(told, ["Name", "File", "What"], rows, "There is none that you may have.");
  },
});

function showKind(cli: Cli, kind: Kind): void {
  const takes = Object.keys((kind.input.properties as object | undefined) ?? {});
  cli.out.result(kind, () =>
    [
      pairs([
        ["Name", kind.name],
        ["File", kind.format.toUpperCase()],
        ["What", kind.words],
        ["Takes", takes.join(", ") || "nothing"],
      ]),
      ...(kind.columns.length > 0 ? [pairs(kind.columns.map(({ name, words }) => [name, words]))] : []),
    ].join("\n\n"),
  );
}

async function kindNamed(cli: Cli, name: string): Promise<Kind> {
  const { kinds } = await cli.send("reports.kinds", {});
  const kind = kinds.find((one) => one.name === name);
  if (kind) return kind;
  throw new Misused(`There is no report ${name} for you. There are: ${kinds.map((one) => one.name).join(", ")}.`);
}

const listReports = defineCommand({
  path: "reports list",
  words: "Lists the reports that were asked for, newest first.",
  examples: ["reports list", "reports list --status done --kind fleet-report --json"],
  options: {
    status: choices("only with these statuses", statuses),
    kind: list("only of these kinds", "kind"),
    ...paging,
  },
  async run(cli, _, { status, kind, ...pages }) {
    await showList(cli, "reports.list", only({ status, kind }), pages, {
      columns: ["Id", "Title", "File", "Status", "Rows", "Asked by", "Made"],
      rows: ({ reports }) => reports.map(rowOf),
      none: "Nobody has asked for a report. See: tenantry reports make --help",
    });
  },
});

function rowOf(report: Report) {
  const { title, format, rows, askedBy, finishedAt } = report;
  return [report.id, title, format.toUpperCase(), stands(report), rows, askedBy, momentWords(finishedAt)];
}

function stands({ status, words, rows, total }: Report): string {
  if (status === "running" && total) return `running: ${rows} of ${total}`;
  return words === null ? status : `${status}: ${words}`;
}

const make = defineCommand({
  path: "reports make <kind> [file]",
  words: "Asks for a report, which is made in the background; with a file's name, waits for it and downloads it.",
  examples: [
    "reports make fleet-report fleet.pdf --range 30d --tz Europe/Vienna",
    "reports make usage --range 7d --with level=hour --columns tenant,at,cpu_mean",
    "reports make activities --with type=status_changed",
  ],
  options: { ...about, title: text("a name of your own"), wait: flag("wait for its end, and fail when it failed") },
  async run(cli, { kind: name, file }, { title, wait, ...given }) {
    const kind = await kindNamed(cli, name);
    const input = inputOf(kind, given);
    const asked = await cli.send("reports.create", { kind: name, input, ...only({ title }) });
    if (file !== undefined) return await writeFile(cli, file, "The report", () => made(cli, asked));
    if (!wait)
      return cli.out.result(asked, `Report ${asked.id} is ${asked.status}. See: tenantry reports show ${asked.id}`);
    cli.out.result(
      await ended(cli, asked.id),
      `Report ${asked.id} is done. Get it: tenantry reports download ${asked.id}`,
    );
  },
});

async function made(cli: Cli, asked: Report) {
  await ended(cli, asked.id);
  return await cli.download("reports.download", { id: asked.id });
}

/** Follows a report to its end. Throws `Failed` where it was not made. */
async function ended(cli: Cli, reportId: string): Promise<Report> {
  const progress = cli.out.progress("Waiting");
  cli.meanwhile(`The report goes on. Look at it: tenantry reports show ${reportId}`);
  try {
    for (;;) {
      const report = await cli.send("reports.show", { id: reportId });
      if (report.status === "done") return report;
      if (report.status === "failed" || report.status === "cancelled") throw new Failed(`The report ${stands(report)}`);
      progress.at(report.rows, stands(report), report.total ?? 0);
      await sleep(1000, undefined, { signal: cli.signal });
    }
  } finally {
    progress.end();
  }
}

const show = defineCommand({
  path: "reports show <report>",
  words: "Shows a report: how far it is, its file, and to whom it was mailed.",
  examples: [`reports show ${example}`],
  async run(cli, { report: name }) {
    const report = await cli.send("reports.show", { id: reportId(name) });
    cli.out.result(report, () => pairs(facts(report)));
  },
});

function facts(report: Report): [string, string | number | null][] {
  const { file } = report;
  return [
    ["Title", report.title],
    ["Kind", `${report.kind} (${report.format.toUpperCase()})`],
    ["Status", stands(report)],
    ["Asked by", report.askedBy],
    ["Schedule", report.schedule?.name ?? null],
    ["Asked for", momentWords(report.createdAt)],
    ["Made", momentWords(report.finishedAt)],
    ["Rows", report.rows],
    ["File", file === null ? null : `${file.name} (${file.bytes} bytes)${file.removed ? ", removed" : ""}`],
    ["SHA-256", file?.sha256 ?? null],
    ["Kept until", momentWords(file?.expiresAt)],
    ["Input", JSON.stringify(report.input)],
    ...report.mails.map(({ address, status, words }): [string, string] => [
      "Mailed",
      `${address}: ${status}${words === null ? "" : `, ${words}`}`,
    ]),
  ];
}

const watch = defineCommand({
  path: "reports watch <report>",
  words: "Follows a report until it is made; exit code 1 when it was not.",
  examples: [`reports watch ${example}`],
  async run(cli, { report }) {
    const done = await ended(cli, reportId(report));
    cli.out.result(done, `Report ${done.id} is done. Get it: tenantry reports download ${done.id}`);
  },
});

const download = defineCommand({
  path: "reports download <report> [file]",
  words:
    "Downloads a report's file by the report's id, or a table at once by its name, to a new file or to standard output.",
  examples: [
    "reports download tenants tenants.csv --status active",
    "reports download audit audit.csv --from 2027-01-01 --columns createdAt,operation,actor",
    `reports download ${example} fleet.pdf`,
  ],
  options: about,
  async run(cli, { report, file }, given) {
    if (!id.test(report)) return await downloadTable(cli, report, file, given);
    if (Object.values(given).some((value) => value !== undefined))
      throw new Misused("A report that was made takes no filters: it is as it is.");
    if (file === undefined && process.stdout.isTTY && (await isPdf(cli, report)))
      throw new Misused(`A PDF is no text for a terminal. Name a file: tenantry reports download ${report} FILE`);
    await writeFile(cli, file, "The report", () => cli.download("reports.download", { id: report }));
  },
});

const isPdf = async (cli: Cli, report: string) => (await cli.send("reports.show", { id: report })).format === "pdf";

async function downloadTable(cli: Cli, name: string, file: string | undefined, given: Parameters<typeof inputOf>[1]) {
  const kind = await kindNamed(cli, name);
  if (kind.format !== "csv")
    throw new Misused(`${name} is no table: it is made in the background. Use: tenantry reports make ${name} FILE`);
  const operation = `reports.tables.${name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  const input = inputOf(kind, given) as Operations["reports.tables.tenants"]["input"];
  await writeFile(cli, file, "The table", () => cli.download(operation as "reports.tables.tenants", input));
}

const cancel = defineCommand({
  path: "reports cancel <report>",
  words: "Cancels a report that is not finished.",
  examples: [`reports cancel ${example}`],
  async run(cli, { report }) {
    const cancelled = await cli.send("reports.cancel", { id: reportId(report) });
    cli.out.result(cancelled, `Report ${cancelled.id} is cancelled.`);
  },
});

const remove = defineCommand({
  path: "reports remove <report>",
  words: "Removes a report with its file.",
  examples: [`reports remove ${example} --yes`],
  dangerous: "The report's file is gone then.",
  asks: "yes",
  async run(cli, { report }) {
    const removed = await cli.send("reports.remove", { id: reportId(report) });
    cli.out.result(removed, `Report ${removed.id} is removed.`);
  },
});

function reportId(name: string): string {
  if (id.test(name)) return name;
  throw new AppError(
    "not_found",
    `"${name}" is no report: a report is named by its whole id. See: tenantry reports list`,
  );
}

/** `reports`: files to hand to others, made once or regularly. */
export const reportCommands: readonly AnyCommand[] = [
  ...[listKinds, listReports, make, show, watch, download, cancel, remove],
  ...scheduleCommands,
];
