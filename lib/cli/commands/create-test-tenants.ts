import { setTimeout as sleep } from "node:timers/promises";
import { plans } from "@/lib/kernel/naming";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choice, defineCommand, flag, number, text } from "../command";
import { Failed, Misused } from "../failure";
import { serverNamed } from "../find";
import { counted } from "../output";

type Tenant = Operations["tenants.list"]["output"]["tenants"][number];

const most = 5000;

const createTestTenants = defineCommand({
  path: "create-test-tenants",
  words: "Makes tenants to try things on, with databases of their own, or drops exactly those again (--remove).",
  examples: [
    "create-test-tenants --count 20 --server embedded --plan starter",
    "create-test-tenants --count 5 --prefix trial --rows 10000",
    "create-test-tenants --prefix trial --remove --yes",
  ],
  options: {
    count: number("how many there are to be with this prefix; those that exist count. 10 unless told", "count"),
    prefix: text("what their slugs begin with; load unless told", "prefix"),
    server: text("on which server, by its name or id; needed where there are several", "server"),
    plan: choice("their plan", plans),
    rows: number("on the host: rows for a table tenantry_test_rows in each of their databases", "count"),
    remove: flag("instead: delete and purge those that this command made with the prefix"),
  },
  asks: "yes",
  dangerous: (_, { remove, count = 10, prefix = "load" }) => {
    if (remove) return `Every test tenant ${prefix}-…, its database and all that is in it are dropped for good.`;
    return count > 200 ? `${count} tenants are made, each with a database of its own.` : null;
  },
  async run(cli, _, { count = 10, prefix = "load", server, plan, rows, remove }) {
    if (!/^[a-z][a-z0-9-]{0,30}$/.test(prefix)) throw new Misused("--prefix is 1 to 31 of a–z, 0–9 and hyphens.");
    if (!Number.isInteger(count) || count < 1 || count > most) throw new Misused(`--count is 1 to ${most}.`);
    if (remove) return await dropAll(cli, prefix);
    if (rows !== undefined) await checkRows(cli, rows);
    const before = await ours(cli, prefix);
    const { id: serverId } = await serverGiven(cli, server);
    const missing = slugsOf(prefix, count).filter((slug) => !before.some((one) => one.slug === slug));
    const tags = ["test", tagOf(prefix)];
    const made = (slug: string) =>
      cli.send("tenants.create", { slug, name: `Test ${slug}`, serverId, tags, ...(plan && { plan }) });
    cli.meanwhile(
      `The worker goes on with those begun. Drop them: tenantry create-test-tenants --prefix ${prefix} --remove`,
    );
    await each(cli, "Creating", missing, made);
    const there = await settled(cli, prefix);
    const failed = there.filter(({ status }) => status === "failed");
    const filled = rows === undefined ? null : await fill(cli, there, rows);
    const words = `${counted(missing.length, "test tenant")} made, ${there.length} are there${filled === null ? "" : `; ${rows} rows in ${filled}`}.`;
    cli.out.result({ made: missing.length, failed: failed.map(({ slug }) => slug), filled, tenants: there }, words);
    if (failed.length > 0)
      throw new Failed(`${counted(failed.length, "tenant")} could not be made: ${failed[0]?.slug} …`);
  },
});

/** Marks those that this command made, so that nothing else is ever removed by it. */
const tagOf = (prefix: string) => `test-${prefix}`;

const slugsOf = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, number) => `${prefix}-${String(number + 1).padStart(4, "0")}`);

/** Those with the mark, and a slug as this command makes them. */
async function ours(cli: Cli, prefix: string): Promise<Tenant[]> {
  const form = new RegExp(`^${prefix}-\\d{4}$`);
  const all: Tenant[] = [];
  for (let page = 1; ; page++) {
    const { tenants, total } = await cli.send("tenants.list", { tag: [tagOf(prefix)], page, pageSize: 200 });
    all.push(...tenants);
    if (tenants.length === 0 || page * 200 >= total) break;
  }
  return all.filter(({ slug, tags }) => form.test(slug) && tags.includes("test"));
}

async function serverGiven(cli: Cli, name: string | undefined): Promise<{ id: string }> {
  if (name !== undefined) return await serverNamed(cli, name);
  const { servers } = await cli.send("servers.list", {});
  const [only] = servers;
  if (only && servers.length === 1) return only;
  throw new Misused(`Name the server: --server ${servers.map((one) => one.name).join(" | ") || "(there is none yet)"}`);
}

/** Four at a time, so that the rest of the installation goes on. */
async function each<T>(cli: Cli, words: string, all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const progress = cli.out.progress(words, all.length);
  let next = 0;
  let done = 0;
  const client = async () => {
    for (let one = all[next++]; one !== undefined && !cli.signal.aborted; one = all[next++]) {
      await work(one);
      progress.at(++done);
    }
  };
  await Promise.all(Array.from({ length: 4 }, client)).finally(() => progress.end());
}

async function settled(cli: Cli, prefix: string): Promise<Tenant[]> {
  const progress = cli.out.progress("Waiting for the worker");
  for (;;) {
    const all = await ours(cli, prefix);
    const open = all.filter(({ status }) => status === "provisioning").length;
    progress.at(all.length - open, "Waiting for the worker", all.length);
    if (open === 0) {
      progress.end();
      return all;
    }
    await sleep(1000, undefined, { signal: cli.signal });
  }
}

async function dropAll(cli: Cli, prefix: string): Promise<void> {
  const all = await ours(cli, prefix);
  if (all.length === 0) return cli.out.result({ removed: 0 }, `There are no test tenants ${prefix}-….`);
  await cli.before(`Would delete and purge ${all.map(({ slug }) => slug).join(", ")}.`);
  cli.meanwhile("The worker goes on with those begun; run this again for the others.");
  const begun = all.filter(({ status }) => status !== "deleting");
  await each(cli, "Deleting", begun, ({ id, slug }) => cli.send("tenants.remove", { id, confirm: slug, purge: true }));
  const progress = cli.out.progress("Dropping their databases", all.length);
  for (let left = all.length; left > 0; ) {
    left = (await ours(cli, prefix)).length;
    progress.at(all.length - left);
    if (left > 0) await sleep(1000, undefined, { signal: cli.signal });
  }
  progress.end();
  cli.out.result({ removed: all.length }, `${counted(all.length, "test tenant")} and their databases are gone.`);
}

async function checkRows(cli: Cli, rows: number): Promise<void> {
  if (!Number.isInteger(rows) || rows < 1 || rows > 10_000_000) throw new Misused("--rows is 1 to 10000000.");
  if (cli.api) throw new Misused("--rows is for the host: over the API nothing is written into tenants' databases.");
}

async function fill(cli: Cli, tenants: Tenant[], rows: number): Promise<number> {
  const { rowFiller } = await import("@/lib/load/fill-rows");
  const { fill, close } = rowFiller(rows);
  const active = tenants.filter(({ status }) => status === "active");
  await each(cli, "Filling", active, ({ id }) => fill(id, cli.signal)).finally(close);
  return active.length;
}

/** `create-test-tenants`: tenants to try things on. */
export const testTenantCommands: readonly AnyCommand[] = [createTestTenants];
