import type { ImportWish } from "@/lib/compat/import-registry";
import { plans } from "@/lib/kernel/naming";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choice, defineCommand, flag, list, only, text } from "../command";
import { Failed, Misused } from "../failure";
import { pathIn } from "../files";
import { serverNamed } from "../find";
import { counted } from "../output";

const importRegistry = defineCommand({
  path: "import-registry <source>",
  words:
    "Adopts the tenants of a stancl/tenancy or artflow registry whose databases are on a server, and lists the rest.",
  examples: [
    "import-registry dump.sql.gz --server embedded --central-domain example.com --dry-run",
    "import-registry postgresql://reader@10.0.0.5/central --server embedded --yes",
  ],
  options: {
    server: text("the server that has the tenants' databases, by its name or id", "server"),
    centralDomain: text("where domains without a dot are below", "domain"),
    plan: choice("the plan of those whose own is none of ours; starter unless told", plans),
    suggested: flag("adopt with the suggested slug where the wanted one can't be had"),
    tenants: text("the table of tenants; tenants unless told", "table"),
    domains: text("the table of domains; domains unless told", "table"),
    schema: text("the database or schema of the two tables, where a dump has several", "name"),
    databasePrefix: text("what goes before the id in databases' names, where rows do not say them", "prefix"),
    databaseSuffix: text("what goes behind the id", "suffix"),
    connection: list("what a connection is to, such as mysql=pgsql once its databases were moved", "name=driver"),
    status: list("what a status means here, such as trialing=active", "theirs=ours"),
    slug: list("the slug of a tenant, by its id there", "id=slug"),
  },
  dangerous: "The tenants that can be had are adopted now. A plan of it that changes nothing: --dry-run.",
  asks: "yes",
  async run(cli, { source }, { server, centralDomain, plan, suggested = false, tenants, domains, schema, ...told }) {
    if (server === undefined) throw new Misused("Name the server that has the databases: --server …");
    const { id: serverId } = await serverNamed(cli, server);
    const { importRegistry: bring } = await import("@/lib/compat/import-registry");
    if (!cli.options.dryRun) await cli.before("Would adopt the tenants that can be had.");
    cli.meanwhile("What was adopted stays; run this again for the others.");
    const progress = cli.out.progress("Reading");
    const report = await bring({
      ...{ serverId, centralDomain, suggested, dryRun: cli.options.dryRun, signal: cli.signal },
      ...(plan && { plan }),
      tables: only({ tenants, domains, schema }),
      ...only({ databasePrefix: told.databasePrefix, databaseSuffix: told.databaseSuffix }),
      ...{ connections: pairsIn("connection", told.connection), statuses: pairsIn("status", told.status) },
      slugs: pairsIn("slug", told.slug),
      source: /^postgres(ql)?:\/\//.test(source) ? { url: source } : { dump: pathIn(cli, source) },
      send: await sender(cli),
      onProgress: (done, total) => progress.at(done, cli.options.dryRun ? "Looking" : "Adopting", total),
    }).finally(() => progress.end());
    const rows = report.tenants.map((one) => [
      ...[one.key, one.name, one.database, one.outcome, "slug" in one ? one.slug : null, one.words],
    ]);
    await cli.out.table(
      report,
      ["Id there", "Name", "Database", "Outcome", "Slug", "Why"],
      rows,
      "There are no tenants in it.",
    );
    const left = report.tenants.filter(({ outcome }) => outcome === "left").length;
    if (!cli.options.json) {
      cli.out.note(
        `${counted(report.tenants.length, "tenant")} read, ${left} left${report.dryRun ? "; nothing was changed" : ""}.`,
      );
      if (report.strayDomains > 0) cli.out.note(`${counted(report.strayDomains, "domain")} belong to none of them.`);
    }
    if (report.unsettled > 0)
      throw new Failed(`The status of ${report.unsettled} could not be set yet: run this again.`);
  },
});

/** What `--connection mysql=pgsql` and its like say. */
function pairsIn(option: string, given: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const at = one.indexOf("=");
      if (at < 1) throw new Misused(`--${option} takes two words with = between them, not "${one}".`);
      return [one.slice(0, at), one.slice(at + 1)];
    }),
  );
}

type Sent = Parameters<ImportWish["send"]>[0];
type Input = Operations["registry.import"]["input"];

/** A dry run asks the installation for its plan: `registry.import` itself then changes nothing. */
async function sender(cli: Cli): Promise<ImportWish["send"]> {
  if (!cli.options.dryRun) return (rows: Sent) => cli.send("registry.import", rows as Input);
  const planned = (rows: Sent) => ({ ...rows, dryRun: true }) as Input;
  if (!cli.api) {
    const host = await cli.host();
    return (rows) => host.send("registry.import", planned(rows));
  }
  const { createClient } = await import("@/lib/sdk/client");
  const { url, key } = cli.api;
  const client = createClient({ url, signal: cli.signal, ...(key !== undefined && { key }) });
  return (rows) => client.send("registry.import", planned(rows));
}

/** `import-registry`: moving here from another registry. */
export const importCommands: readonly AnyCommand[] = [importRegistry];
