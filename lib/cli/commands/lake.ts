import { type AnyCommand, defineCommand } from "../command";
import { counted } from "../output";
import { listed, paging } from "../pages";

const show = defineCommand({
  path: "lake show",
  words: "Shows the days of usage that stand in the lake as Parquet, what waits, and what went wrong.",
  examples: ["lake show", "lake show --limit 200 --json"],
  where: "anywhere",
  options: { limit: paging.limit },
  async run(cli, _, options) {
    const lake = await listed(cli, "lake.show", {}, options);
    const rows = lake.days.map((one) => [
      one.day,
      one.level,
      String(one.rows),
      String(one.tenants),
      mebibytes(one.bytes),
      one.writtenAt,
      `${(one.tookMs / 1000).toFixed(1)} s`,
    ]);
    const heads = ["Day (UTC)", "Level", "Rows", "Tenants", "Size", "Written", "Took"];
    await cli.out.table(lake, heads, rows, "No day stands in the lake yet.");
    if (!lake.on) cli.out.note("The lake is off: set LAKE_DIR to a folder and start Tenantry again.");
    if (lake.next !== null) cli.out.note(`The newest ${counted(lake.days.length, "day")} of ${lake.total.days}.`);
    if (lake.waitingDays > 0) cli.out.note(`${counted(lake.waitingDays, "day")} waiting to be written.`);
    if (lake.lastError) cli.out.note(`${lake.lastError.day}: ${lake.lastError.words}`);
  },
});

const exportDays = defineCommand({
  path: "lake export <from> [to]",
  words:
    "Asks that days be written to the lake again, both of them and those between; one day alone without the second.",
  examples: ["lake export 2026-11-21", "lake export 2026-11-01 2026-11-21"],
  where: "anywhere",
  async run(cli, { from, to = from }) {
    const asked = await cli.send("lake.export", { from, to });
    cli.out.result(asked, () => {
      const words = `The worker writes ${counted(asked.days, "day")}.`;
      if (asked.leftAlone === 0) return words;
      return `${words} ${counted(asked.leftAlone, "day")} stay as they are: the database has their rows no more.`;
    });
  },
});

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** `lake`: usage as Parquet. */
export const lakeCommands: readonly AnyCommand[] = [show, exportDays];
