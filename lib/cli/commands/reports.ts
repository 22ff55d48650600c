import { type AnyCommand, choices, defineCommand, list, only, text } from "../command";
import { Misused } from "../failure";
import { writeFile } from "../files";
import { momentIn } from "../moments";
import { tenantStatuses } from "../tenant-statuses";

const kinds = {
  tenants:
    "Tenants with their newest figures, as CSV, filtered as the list is (--search, --status, --plan, --region, --tag).",
  audit: "The audit trail as CSV, of a period (--from, --to).",
} as const;

type Kind = keyof typeof kinds;

const listReports = defineCommand({
  path: "reports list",
  words: "Lists the reports that can be downloaded.",
  examples: ["reports list"],
  where: "anywhere",
  async run(cli) {
    const rows = Object.entries(kinds);
    const reports = rows.map(([name, words]) => ({ name, words }));
    await cli.out.table({ reports }, ["Report", "What"], rows, "There are none.");
  },
});

const download = defineCommand({
  path: "reports download <report> [file]",
  words: "Downloads a report to a new file, or to standard output.",
  examples: ["reports download tenants tenants.csv --status active", "reports download audit --from 2027-01-01"],
  options: {
    search: text("tenants: part of a name, slug or domain"),
    status: choices("tenants: only with these statuses", tenantStatuses),
    plan: list("tenants: only with these plans", "plan"),
    region: list("tenants: only in these regions", "region"),
    tag: list("tenants: only with these tags", "tag"),
    from: text("audit: the first moment", "time"),
    to: text("audit: the first moment that is left out", "time"),
  },
  async run(cli, { report, file }, { from, to, ...filter }) {
    if (!isKind(report))
      throw new Misused(`There is no report ${report}. There are: ${Object.keys(kinds).join(", ")}.`);
    const ofAudit = from !== undefined || to !== undefined;
    if (report === "tenants" && ofAudit) throw new Misused("--from and --to are for the report audit.");
    if (report === "audit" && Object.keys(filter).length > 0)
      throw new Misused("The report audit takes --from and --to.");
    const times = only({ from: momentIn(from), to: momentIn(to) });
    await writeFile(cli, file, "The report", () =>
      report === "tenants"
        ? cli.download("tenants.export", only(filter))
        : cli.download("audit.export", { format: "csv", ...times }),
    );
  },
});

const isKind = (name: string): name is Kind => Object.hasOwn(kinds, name);

/** `reports`: files to take along. */
export const reportCommands: readonly AnyCommand[] = [listReports, download];
