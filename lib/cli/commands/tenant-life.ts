import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choice, defineCommand, flag, list, only, text } from "../command";
import { Misused } from "../failure";
import { serverNamed, tenantNamed } from "../find";
import { stepsDone } from "../wait";
import { momentWords } from "../words";

type Tenant = Operations["tenants.show"]["output"];

const wait = flag("wait until its steps are done, and fail when one fails");

const create = defineCommand({
  path: "tenants create <slug>",
  words: "Creates a tenant: its registry entry now, its database and role by steps of the worker.",
  examples: [
    'tenants create acme --name "Acme Ltd" --server embedded --plan business --wait',
    'tenants create acme2 --name "Acme" --server embedded --tags eu,trial --dry-run',
  ],
  options: {
    name: text("its name, the slug unless told", "name"),
    server: text("the server that holds its database, by its name or id; needed where there are several", "server"),
    domain: text("its first domain", "hostname"),
    plan: choice("its plan", ["free", "starter", "business", "enterprise"]),
    region: text("its region, the server's unless told", "region"),
    tags: list("its tags", "tag"),
    wait,
  },
  async run(cli, { slug: typed }, { server, wait, ...given }) {
    const { slugIn } = await import("../slugs");
    const slug = slugIn(typed);
    const { id: serverId } = await serverGiven(cli, server);
    const tenant = await cli.send("tenants.create", { slug, name: slug, serverId, ...only(given) });
    await afterBirth(cli, tenant, wait, "provision");
  },
});

const adopt = defineCommand({
  path: "tenants adopt <slug> <database>",
  words: "Adopts a database that a server has: nothing in it is changed, a role of its own is made.",
  examples: ["tenants adopt acme legacy_acme --server embedded --wait --dry-run"],
  options: {
    name: text("its name, the slug unless told", "name"),
    server: text("the server that has the database, by its name or id; needed where there are several", "server"),
    domain: text("its first domain", "hostname"),
    plan: choice("its plan", ["free", "starter", "business", "enterprise"]),
    wait,
  },
  async run(cli, { slug: typed, database }, { server, wait, ...given }) {
    const { slugIn } = await import("../slugs");
    const slug = slugIn(typed);
    const { id: serverId } = await serverGiven(cli, server);
    const tenant = await cli.send("tenants.adopt", { slug, database, name: slug, serverId, ...only(given) });
    await afterBirth(cli, tenant, wait, "adopt");
  },
});

async function serverGiven(cli: Cli, name: string | undefined): Promise<{ id: string }> {
  if (name !== undefined) return await serverNamed(cli, name);
  const { servers } = await cli.send("servers.list", {});
  const [only] = servers;
  if (only && servers.length === 1) return only;
  const there = servers.map((one) => one.name).join(", ");
  throw new Misused(only ? `Say which server: --server. There are: ${there}.` : "There is no server yet: servers add.");
}

async function afterBirth(
  cli: Cli,
  tenant: Tenant,
  wait: boolean | undefined,
  saga: "provision" | "adopt",
): Promise<void> {
  if (!wait) {
    const how = `Look at its steps: tenantry tenants steps ${tenant.slug}`;
    return cli.out.result(tenant, `Tenant ${tenant.slug} is being made. ${how}`);
  }
  await stepsDone(cli, tenant, saga);
  const made = await cli.send("tenants.show", { id: tenant.id });
  cli.out.result(made, `Tenant ${made.slug} is ${made.status}: database ${made.database} on ${made.server.name}.`);
}

const edit = defineCommand({
  path: "tenants edit <tenant>",
  words: "Changes a tenant's name, plan, region or tags; refused when somebody changed it meanwhile.",
  examples: ['tenants edit acme --plan business --name "Acme Group"', "tenants edit acme --tags eu,vip"],
  options: {
    name: text("its name", "name"),
    plan: choice("its plan", ["free", "starter", "business", "enterprise"]),
    region: text("its region", "region"),
    tags: list("all of its tags", "tag"),
    noTags: flag("take its tags away"),
  },
  async run(cli, { tenant }, { noTags, ...given }) {
    const change = { ...only(given), ...(noTags && { tags: [] }) };
    if (Object.keys(change).length === 0)
      throw new Misused("Say what to change: --name, --plan, --region, --tags or --no-tags.");
    const { id, version } = await tenantNamed(cli, tenant);
    const edited = await cli.send("tenants.edit", { id, version, ...change });
    cli.out.result(edited, `Tenant ${edited.slug} is changed.`);
  },
});

const setStatus = defineCommand({
  path: "tenants status <tenant> <status>",
  words: "Makes a tenant active, inactive, suspended or blocked; PostgreSQL itself enforces it before this answers.",
  examples: ['tenants status acme suspended --reason "Unpaid since May" --yes', "tenants status acme active"],
  options: { reason: text("why, for the activities") },
  dangerous: ({ tenant, status }) =>
    settable(status) === "active" ? null : `${tenant} becomes ${status}: its app is shut out, and its sessions end.`,
  async run(cli, { tenant, status }, { reason }) {
    const { id } = await tenantNamed(cli, tenant);
    const changed = await cli.send("tenants.setStatus", { id, status: settable(status), ...only({ reason }) });
    cli.out.result(changed, `Tenant ${changed.slug} is ${changed.status}.`);
  },
});

const statuses = ["active", "inactive", "suspended", "blocked"] as const;

function settable(status: string): (typeof statuses)[number] {
  const found = statuses.find((one) => one === status);
  if (!found) throw new Misused(`There is no status ${status} to choose. There are: ${statuses.join(", ")}.`);
  return found;
}

const remove = defineCommand({
  path: "tenants delete <tenant>",
  words: "Deletes a tenant: it is shut out now, and can be restored until its time of grace is over.",
  examples: ["tenants delete acme --yes"],
  dangerous: ({ tenant }) => `${tenant} is shut out now, and its database goes when its time of grace is over.`,
  async run(cli, { tenant }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    const deleted = await cli.send("tenants.remove", { id, confirm: slug });
    const until = deleted.purgeAfter ? ` It can be restored until ${momentWords(deleted.purgeAfter)}.` : "";
    cli.out.result(deleted, `Tenant ${deleted.slug} is ${deleted.status}.${until}`);
  },
});

const restore = defineCommand({
  path: "tenants restore <tenant>",
  words: "Restores a deleted tenant within its time of grace, with the status it had.",
  examples: ["tenants restore acme"],
  async run(cli, { tenant }) {
    const { id } = await tenantNamed(cli, tenant);
    const restored = await cli.send("tenants.restore", { id });
    cli.out.result(restored, `Tenant ${restored.slug} is ${restored.status}.`);
  },
});

const purge = defineCommand({
  path: "tenants purge <tenant>",
  words: "Drops a tenant's database and role now, with no way back; an adopted database stays.",
  examples: ["tenants purge acme --yes --wait"],
  options: { wait },
  dangerous: ({ tenant }) => `The database of ${tenant} is dropped now, with all that is in it. There is no way back.`,
  async run(cli, { tenant }, { wait }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    const purged = await cli.send("tenants.remove", { id, confirm: slug, purge: true });
    const how = `Look at its steps: tenantry tenants steps ${id}`;
    if (!wait) return cli.out.result(purged, `Tenant ${slug} is being purged. ${how}`);
    await stepsDone(cli, purged, "remove");
    cli.out.result({ purged: { id, slug } }, `Tenant ${slug} is purged.`);
  },
});

const steps = defineCommand({
  path: "tenants steps <tenant>",
  words: "Lists the steps by which a tenant is being made or removed.",
  examples: ["tenants steps acme"],
  async run(cli, { tenant }) {
    const { id } = await tenantNamed(cli, tenant);
    const answer = await cli.send("tenants.steps", { id });
    await cli.out.table(
      answer,
      ["Step", "Status", "Attempts", "Finished", "Error"],
      stepRows(answer),
      "It has no steps.",
    );
  },
});

function stepRows({ steps }: Operations["tenants.steps"]["output"]): (string | number | null)[][] {
  return steps.map(({ label, status, attempts, finishedAt, error }) => [
    ...[label, status, attempts, momentWords(finishedAt), error],
  ]);
}

const resume = defineCommand({
  path: "tenants resume <tenant>",
  words: "Tries the failed or waiting step of a tenant again, now.",
  examples: ["tenants resume acme --dry-run"],
  async run(cli, { tenant }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    const answer = await cli.send("tenants.resume", { id });
    cli.out.result(answer, `The steps of ${slug} go on. Look at them: tenantry tenants steps ${slug}`);
  },
});

/** A tenant's making, changing and end. */
export const tenantLifeCommands: readonly AnyCommand[] = [
  ...[create, adopt, edit, setStatus, remove, restore, purge, steps, resume],
];
