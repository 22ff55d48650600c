import { AppError } from "@/lib/kernel/errors";
import type { Download } from "../calls";
import { type AnyCommand, type Cli, defineCommand, flag, list, number, only, text } from "../command";
import { Failed, Misused } from "../failure";
import { chunksOf, writeFile } from "../files";
import { runId, tenantNamed } from "../find";
import { momentIn } from "../moments";
import { paging, showList } from "../pages";
import { afterStart, checkRun, runEnded } from "../wait";
import { momentWords, pairs } from "../words";

const exportData = defineCommand({
  path: "tenants export <tenant> [file]",
  words: "Exports a tenant's data to a new file, or to standard output.",
  examples: ["tenants export acme acme.sql.gz", "tenants export acme > acme.sql.gz"],
  async run(cli, { tenant, file }) {
    if (file === undefined && process.stdout.isTTY) {
      throw new Misused(`The data is no text for a terminal. Name a file: tenantry tenants export ${tenant} FILE`);
    }
    await writeFile(cli, file, "The data", () => exported(cli, tenant));
  },
});

/** Exports a tenant's data, and answers with the file once it is made. */
async function exported(cli: Cli, tenant: string): Promise<Download> {
  const { id } = await tenantNamed(cli, tenant);
  const begun = await cli.send("tenants.run.export-data", { id });
  const run = await runEnded(cli, begun.id);
  await checkRun(cli, run);
  const { items } = await cli.send("bulk.items", { id: run.id });
  const [item] = items;
  if (!item?.file) throw new Failed(`There is no file: ${item?.words ?? "the run has no item"}.`);
  return await cli.download("bulk.download", { id: run.id, position: item.position });
}

const importData = defineCommand({
  path: "tenants import <tenant> [file]",
  words: "Puts exported data into a tenant's database: of a file, or of the run that exported it.",
  examples: [
    "tenants import acme acme.sql.gz --wait",
    "tenants import acme --run 01980f3e-0000-7000-8000-000000000000 --replace --yes",
  ],
  options: {
    run: text("the run that exported it, by its id", "run"),
    position: number("which item of the run, the first unless told"),
    replace: flag("make the database anew first; else its tables have to be empty"),
    wait: flag("wait for its end, and fail when it failed"),
  },
  dangerous: ({ tenant }, { replace }) => (replace ? `Everything in the database of ${tenant} is lost first.` : null),
  async run(cli, { tenant, file }, { wait, ...given }) {
    if ((file === undefined) === (given.run === undefined)) throw new Misused("Name a file, or a run: --run.");
    const { id } = await tenantNamed(cli, tenant);
    const source =
      file === undefined ? only({ run: given.run && runId(given.run) }) : { upload: await uploaded(cli, file) };
    const rest = only({ position: given.position, replace: given.replace });
    const begun = await cli.send("tenants.run.import-data", { id, ...source, ...rest });
    await afterStart(cli, begun, wait);
  },
});

async function uploaded(cli: Cli, file: string): Promise<string> {
  const kind = file.endsWith(".sql") ? "application/sql" : "application/gzip";
  return (await cli.upload("uploads.create", chunksOf(cli, file), kind)).upload;
}

const startMaintenance = defineCommand({
  path: "tenants maintenance start <tenant>",
  words: "Lets a tenant's app tell visitors that it is being worked on.",
  examples: ['tenants maintenance start acme --message "Back at noon" --until 2099-01-31T12:00Z --yes'],
  options: {
    message: text("what visitors read"),
    allow: list("networks that are served nevertheless", "network"),
    retryAfterSeconds: number("seconds after which programs are told to try again", "s"),
    until: text("when it ends by itself", "time"),
  },
  dangerous: ({ tenant }) => `Visitors of ${tenant} are told that it is being worked on, until the maintenance ends.`,
  asks: "yes",
  async run(cli, { tenant }, { until, ...given }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    const answer = await cli.send("maintenance.start", { id, ...only({ ...given, until: momentIn(until) }) });
    cli.out.result(answer, `${slug} is in maintenance. Who has this link is served: ${answer.bypassUrl}`);
  },
});

const endMaintenance = defineCommand({
  path: "tenants maintenance end <tenant>",
  words: "Ends the maintenance of a tenant's app.",
  examples: ["tenants maintenance end acme"],
  async run(cli, { tenant }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    const { maintenance } = await cli.send("maintenance.show", { id });
    const answer = await cli.send("maintenance.end", { id });
    cli.out.result(answer, maintenance ? `${slug} is served again.` : `${slug} was not in maintenance.`);
  },
});

const showMaintenance = defineCommand({
  path: "tenants maintenance show <tenant>",
  words: "Shows whether a tenant's app is in maintenance, and who is served nevertheless.",
  examples: ["tenants maintenance show acme"],
  async run(cli, { tenant }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    const answer = await cli.send("maintenance.show", { id });
    const one = answer.maintenance;
    cli.out.result(answer, () =>
      one === null
        ? `${slug} is not in maintenance.`
        : pairs([
            ["Message", one.message],
            ["Since", `${momentWords(one.startedAt)}, by ${one.startedBy}`],
            ["Until", one.until ? momentWords(one.until) : "somebody ends it"],
            ["Served", one.allow.join(", ") || "nobody"],
          ]),
    );
  },
});

const listSupport = defineCommand({
  path: "tenants support list <tenant>",
  words: "Lists who had access to a tenant's app for support, when and why.",
  examples: ["tenants support list acme"],
  options: paging,
  async run(cli, { tenant }, pages) {
    const { id } = await tenantNamed(cli, tenant);
    await showList(cli, "support.list", { id }, pages, {
      columns: ["Id", "State", "Who", "Reason", "Opened", "Ended"],
      rows: ({ access }) =>
        access.map((one) => [
          ...[one.id, one.state, one.user.email, one.reason],
          ...[momentWords(one.createdAt), momentWords(one.endedAt)],
        ]),
      none: "Nobody had access for support.",
    });
  },
});

const endSupport = defineCommand({
  path: "tenants support end <tenant> [access]",
  words: "Ends an access for support at once; without an id, the one that is open.",
  examples: ["tenants support end acme"],
  async run(cli, { tenant, access }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    const { access: known } = await cli.send("support.list", { id });
    const found = known.find((one) => (access === undefined ? one.state !== "ended" : one.id === access));
    if (!found) throw new AppError("not_found", `${slug} has no such access for support.`);
    const answer = await cli.send("support.end", { id, access: found.id });
    cli.out.result(answer, `The access of ${found.user.email} to ${slug} is ended.`);
  },
});

const exportList = defineCommand({
  path: "tenants export-list [file]",
  words: "Exports the list of tenants with their newest figures as CSV, to a new file or standard output.",
  examples: ["tenants export-list tenants.csv", "tenants export-list --search shop"],
  options: { search: text("part of a name, slug or domain"), deleted: flag("only deleted ones") },
  async run(cli, { file }, { search, deleted }) {
    const input = { ...only({ search }), ...(deleted && { status: ["deleted" as const] }) };
    await writeFile(cli, file, "The list", () => cli.download("tenants.export", input));
  },
});

/** Work on one tenant beside its schema. */
export const tenantWorkCommands: readonly AnyCommand[] = [
  ...[exportData, importData, exportList, startMaintenance, endMaintenance, showMaintenance],
  ...[listSupport, endSupport],
];
