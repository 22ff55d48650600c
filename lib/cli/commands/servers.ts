import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, choice, defineCommand, flag, number, only, text } from "../command";
import { Found, Misused } from "../failure";
import { readFile } from "../files";
import { serverNamed } from "../find";
import { momentWords, pairs } from "../words";

type Server = Operations["servers.list"]["output"]["servers"][number];

const listServers = defineCommand({
  path: "servers list",
  words: "Lists the servers that hold tenants' databases.",
  examples: ["servers list", "servers list --json"],
  async run(cli) {
    const answer = await cli.send("servers.list", {});
    const rows = answer.servers.map((one) => [
      ...[one.name, one.region, `${one.host}:${one.port}`, one.version, one.tenants, one.state],
      momentWords(one.lastTickAt),
    ]);
    const columns = ["Name", "Region", "Address", "PostgreSQL", "Tenants", "State", "Measured"];
    await cli.out.table(answer, columns, rows, "There is no server yet. Add one: tenantry servers add");
  },
});

const showServer = defineCommand({
  path: "servers show <server>",
  words: "Shows a server.",
  examples: ["servers show embedded"],
  async run(cli, { server }) {
    const { id } = await serverNamed(cli, server);
    const one = await cli.send("servers.show", { id });
    cli.out.result(one, () => serverWords(one));
  },
});

function serverWords(one: Server): string {
  return pairs([
    ["Name", one.name],
    ["Id", one.id],
    ["Region", one.region],
    ["Address", `${one.host}:${one.port}`],
    ["Pooler", one.pooler && `${one.pooler.host}:${one.pooler.port} (${one.pooler.mode})`],
    ["PostgreSQL", one.version],
    ["Capacity", one.storageCapacityMb === null ? null : `${one.storageCapacityMb} MiB`],
    ["Tenants", one.accepting ? one.tenants : `${one.tenants}, no new ones are placed on it`],
    ["State", one.lastError ? `${one.state}: ${one.lastError}` : one.state],
    ["Measured", momentWords(one.lastTickAt)],
  ]);
}

const addServer = defineCommand({
  path: "servers add <name>",
  words: "Adds a PostgreSQL server, after a look at it with the given account.",
  examples: ["servers add db1 --region eu-1 --host db1.internal --admin-user tenantry --password-file db1.secret"],
  options: {
    region: text("where it is; needed"),
    host: text("its host name or address; needed", "host"),
    port: number("its port, 5432 unless told", "port"),
    adminUser: text("the account that makes databases and roles; needed", "name"),
    passwordFile: text("a file with that account's password; - is standard input", "file"),
    adminDatabase: text("the database to sign in to, postgres unless told", "name"),
    tls: flag("sign in over TLS"),
  },
  async run(cli, { name }, { region, host, adminUser, passwordFile, ...given }) {
    if (region === undefined || host === undefined || adminUser === undefined) {
      throw new Misused("A server needs --region, --host and --admin-user.");
    }
    const password = passwordFile === undefined ? {} : { adminPassword: readFile(cli, passwordFile).trimEnd() };
    const added = await cli.send("servers.add", { name, region, host, adminUser, ...password, ...only(given) });
    cli.out.result(added, `Server ${name} is added.`);
  },
});

const editServer = defineCommand({
  path: "servers edit <server>",
  words: "Changes a server's name, region or capacity, or whether it takes new tenants.",
  examples: ["servers edit embedded --region eu-1 --dry-run", "servers edit embedded --accepting no"],
  options: {
    name: text("its name", "name"),
    region: text("its region", "region"),
    storageCapacityMb: number("MiB that its disk holds", "MiB"),
    accepting: choice("whether new tenants are placed on it", ["yes", "no"]),
  },
  async run(cli, { server }, { accepting, ...given }) {
    const change = { ...only(given), ...(accepting && { accepting: accepting === "yes" }) };
    if (Object.keys(change).length === 0) throw new Misused("Say what to change, such as --name or --accepting.");
    const { id } = await serverNamed(cli, server);
    const edited = await cli.send("servers.edit", { id, ...change });
    cli.out.result(edited, `Server ${edited.name} is changed.`);
  },
});

const checkServer = defineCommand({
  path: "servers check <server>",
  words:
    "Connects to a server now: how quickly it answers and what its role may do; exit code 7 when something is wrong.",
  examples: ["servers check embedded", "servers check embedded --json"],
  async run(cli, { server }) {
    const { id, name } = await serverNamed(cli, server);
    const check = await cli.send("servers.check", { id });
    cli.out.result(check, () => checkWords(check));
    const lacks = check.rights.filter((one) => one.needed && !one.held).map((one) => one.name);
    if (!check.reachable) throw new Found(`${name} can't be reached. ${check.error ?? ""}`.trim());
    if (lacks.length > 0) throw new Found(`The role on ${name} lacks what it needs: ${lacks.join(", ")}.`);
    if (check.sameAs.length > 0) {
      throw new Found(`${name} is the same cluster as ${check.sameAs.map((one) => one.name).join(", ")}.`);
    }
  },
});

function checkWords(check: Operations["servers.check"]["output"]): string {
  const ms = (value: number | null) => (value === null ? null : `${value} ms`);
  const yes = (value: boolean | null) => (value === null ? null : value ? "yes" : "no");
  return pairs([
    ["Reachable", check.reachable ? "yes" : `no: ${check.error}`],
    ["PostgreSQL", check.version],
    ["Connects in", ms(check.connectMs)],
    ["Answers in", ms(check.latencyMs)],
    ["Encrypted", yes(check.tls)],
    ["Standby", yes(check.standby)],
    ...check.rights.map((one): [string, string] => [one.name, `${one.held ? "held" : "not held"} (${one.words})`]),
  ]);
}

const removeServer = defineCommand({
  path: "servers remove <server>",
  words: "Removes a server from the fleet, once no tenant is on it. Nothing on the server is changed.",
  examples: ["servers remove old --yes"],
  dangerous: ({ server }) => `${server} is no longer a server of the fleet.`,
  async run(cli, { server }) {
    const { id, name } = await serverNamed(cli, server);
    const removed = await cli.send("servers.remove", { id, confirm: name });
    cli.out.result(removed, `Server ${name} is removed.`);
  },
});

const databases = defineCommand({
  path: "servers databases <server>",
  words: "Lists a server's databases that belong to no tenant, which can be adopted.",
  examples: ["servers databases embedded"],
  async run(cli, { server }) {
    const { id } = await serverNamed(cli, server);
    const answer = await cli.send("servers.databases", { id });
    const rows = answer.databases.map(({ name, owner, bytes }) => [name, owner, bytes]);
    await cli.out.table(answer, ["Name", "Owner", "Bytes"], rows, "There is none.");
  },
});

/** `servers`: the servers that hold tenants' databases. */
export const serverCommands: readonly AnyCommand[] = [
  ...[listServers, showServer, addServer, editServer, checkServer, removeServer, databases],
];
