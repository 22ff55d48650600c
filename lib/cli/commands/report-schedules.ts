import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choice, defineCommand, flag, list, number, only, text } from "../command";
import { Failed, Misused } from "../failure";
import { paging, showList } from "../pages";
import { about, inputOf } from "../report-input";
import { momentWords, pairs } from "../words";

type Schedule = Operations["reportSchedules.show"]["output"];

const when = {
  every: choice("how often", ["daily", "weekly", "monthly"]),
  at: text("the time of day, such as 07:30", "HH:MM"),
  day: number("of a weekly one 1 (Monday) to 7, of a monthly one 1 to 31"),
  zone: text("the time zone of that time, such as Europe/Vienna", "zone"),
  covers: choice("the whole day, week or month before, or the range of the input", ["previous", "input"]),
  recipient: list("to whom it is mailed; none: it is kept for download", "address"),
};

const listSchedules = defineCommand({
  path: "reports schedules list",
  words: "Lists the reports that are made regularly, with the last of each.",
  examples: ["reports schedules list"],
  options: paging,
  async run(cli, _, pages) {
    await showList(cli, "reportSchedules.list", {}, pages, {
      columns: ["Name", "Report", "When", "Next", "Last", "Mailed to"],
      rows: ({ schedules }) => schedules.map(rowOf),
      none: "No report is made regularly. See: tenantry reports schedules create --help",
    });
  },
});

function rowOf(schedule: Schedule) {
  const { name, kind, recipients } = schedule;
  return [name, kind, whenWords(schedule), momentWords(schedule.nextAt), lastWords(schedule), recipients.join(", ")];
}

function whenWords({ every, at, day, tz }: Schedule): string {
  return `${every}${day === null ? "" : ` on ${day}`} at ${at} ${tz}`;
}

function lastWords({ enabled, stopped, last }: Schedule): string {
  if (stopped !== null) return `stopped: ${stopped}`;
  if (last === null) return enabled ? "not yet" : "switched off";
  const failed = last.mails.filter(({ status }) => status === "failed").length;
  return failed > 0 ? `${last.status}, ${failed} not mailed` : last.status;
}

const show = defineCommand({
  path: "reports schedules show <schedule>",
  words: "Shows when a report is due, to whom it goes, and what became of the last one.",
  examples: ['reports schedules show "Fleet, monthly"'],
  async run(cli, { schedule: name }) {
    const schedule = await named(cli, name);
    cli.out.result(schedule, () =>
      pairs([
        ["Name", schedule.name],
        ["Id", schedule.id],
        ["Report", schedule.kind],
        ["When", whenWords(schedule)],
        ["Covers", schedule.covers === "previous" ? "the whole time before it is due" : "the range of its input"],
        ["Next", schedule.enabled ? momentWords(schedule.nextAt) : "switched off"],
        ["Last", lastWords(schedule)],
        ["Mailed to", schedule.recipients.join(", ") || "nobody: kept for download"],
        ["With the rights of", schedule.madeBy],
        ["Input", JSON.stringify(schedule.input)],
      ]),
    );
  },
});

const create = defineCommand({
  path: "reports schedules create <name> <kind>",
  words: "Has a report made every day, week or month, and mailed or kept for download.",
  examples: [
    'reports schedules create "Fleet, monthly" fleet-report --every monthly --day 1 --at 07:00 --zone Europe/Vienna --recipient board@example.com',
  ],
  options: { ...when, ...about },
  async run(cli, { name, kind: kindName }, { every, at, day, zone, covers, recipient, ...given }) {
    if (every === undefined || at === undefined) throw new Misused("Say when: --every and --at.");
    const { kinds } = await cli.send("reports.kinds", {});
    const kind = kinds.find((one) => one.name === kindName);
    if (!kind) throw new Misused(`There is no report ${kindName} for you. See: tenantry reports kinds`);
    const timing = { every, at, ...only({ day, tz: zone, covers, recipients: recipient }) };
    const made = await cli.send("reportSchedules.create", {
      name,
      kind: kindName,
      input: inputOf(kind, given),
      ...timing,
    });
    cli.out.result(made, `Schedule ${made.name} is due next at ${momentWords(made.nextAt)}.`);
  },
});

const edit = defineCommand({
  path: "reports schedules edit <schedule>",
  words: "Changes when a report is due or to whom it goes; its reports are then made with your rights.",
  examples: ['reports schedules edit "Fleet, monthly" --at 08:00', 'reports schedules edit "Fleet, monthly" --off'],
  options: { ...when, on: flag("switch it on"), off: flag("switch it off"), nobody: flag("mail it to nobody") },
  async run(cli, { schedule: name }, { zone, recipient, on, off, nobody, ...given }) {
    if (on && off) throw new Misused("Give --on or --off.");
    const { id } = await named(cli, name);
    const enabled = on ? true : off ? false : undefined;
    const recipients = nobody ? [] : recipient;
    const input = { id, ...only({ ...given, tz: zone, recipients, enabled }) };
    if (Object.keys(input).length === 1) throw new Misused("Say what to change.");
    const changed = await cli.send("reportSchedules.edit", input);
    cli.out.result(changed, `Schedule ${changed.name}: ${whenWords(changed)}, next at ${momentWords(changed.nextAt)}.`);
  },
});

const run = defineCommand({
  path: "reports schedules run <schedule>",
  words: "Makes a schedule's report now, and mails it to its recipients.",
  examples: ['reports schedules run "Fleet, monthly"'],
  async run(cli, { schedule: name }) {
    const report = await cli.send("reportSchedules.run", { id: (await named(cli, name)).id });
    cli.out.result(report, `Report ${report.id} is ${report.status}. See: tenantry reports show ${report.id}`);
  },
});

const remove = defineCommand({
  path: "reports schedules remove <schedule>",
  words: "Removes a schedule; the reports that were made for it stay.",
  examples: ['reports schedules remove "Fleet, monthly" --yes'],
  dangerous: "The report is no longer made.",
  asks: "yes",
  async run(cli, { schedule: name }) {
    const removed = await cli.send("reportSchedules.remove", { id: (await named(cli, name)).id });
    cli.out.result(removed, "The schedule is removed.");
  },
});

const mailTest = defineCommand({
  path: "reports mail-test <address>",
  words: "Sends a test mail, and tells what the mail server answered.",
  examples: ["reports mail-test ops@example.com"],
  async run(cli, { address }) {
    const told = await cli.send("mail.test", { address });
    if (!told.sent) throw new Failed(told.words);
    cli.out.result(told, told.words);
  },
});

async function named(cli: Cli, name: string): Promise<Schedule> {
  for (let cursor: string | undefined; ; ) {
    const page = await cli.send("reportSchedules.list", { limit: 200, ...only({ cursor }) });
    const found = page.schedules.find((one) => one.id === name || one.name === name);
    if (found) return found;
    if (page.next === null) break;
    cursor = page.next;
  }
  throw new AppError("not_found", `There is no schedule ${name}. See: tenantry reports schedules list`);
}

/** `reports schedules`, and what mail needs. */
export const scheduleCommands: readonly AnyCommand[] = [listSchedules, show, create, edit, run, remove, mailTest];
