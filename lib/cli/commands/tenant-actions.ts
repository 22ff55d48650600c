import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choice, defineCommand, flag, number, only, text } from "../command";
import { Found, Misused } from "../failure";
import { tenantNamed } from "../find";
import { afterStart } from "../wait";
import { momentWords } from "../words";

type RunId = Extract<keyof Operations, `tenants.run.${string}`>;
type Own<K extends RunId> = Omit<Operations[K]["input"], "id">;

const wait = flag("wait for its end, and fail when it failed");
const timeouts = {
  lockTimeoutMs: number("milliseconds that a statement waits for a lock", "ms"),
  statementTimeoutMs: number("milliseconds that a statement may take", "ms"),
};

/** Starts an action of one tenant, and waits for it where that is asked for. */
async function start<K extends RunId>(cli: Cli, id: K, tenant: string, input: Own<K>, wait?: boolean): Promise<void> {
  const found = await tenantNamed(cli, tenant);
  await afterStart(cli, await cli.send(id, { ...input, id: found.id } as Operations[K]["input"]), wait);
}

const migrate = defineCommand({
  path: "tenants migrate <tenant>",
  words: "Applies the migrations that a tenant's schema lacks.",
  examples: ["tenants migrate acme --wait", "tenants migrate acme --dry-run"],
  options: { upTo: text("only up to this migration", "migration"), ...timeouts, wait },
  run: (cli, { tenant }, { wait, ...input }) => start(cli, "tenants.run.migrate", tenant, only(input), wait),
});

const rollback = defineCommand({
  path: "tenants rollback <tenant> <migration>",
  words: "Takes back a tenant's newest migration by its own way down; name it, so that no other is taken back.",
  examples: ["tenants rollback acme 20270101_orders --yes --wait"],
  options: { ...timeouts, wait },
  dangerous: ({ tenant, migration }) => `${migration} is taken back in ${tenant}, with what it alone holds.`,
  run: (cli, { tenant, migration }, { wait, ...input }) =>
    start(cli, "tenants.run.rollback", tenant, { migration, ...only(input) }, wait),
});

const seed = defineCommand({
  path: "tenants seed <tenant>",
  words: "Puts the seed data into a tenant's database.",
  examples: ["tenants seed acme --wait"],
  options: { again: flag("also where it was done before"), ...timeouts, wait },
  run: (cli, { tenant }, { wait, ...input }) => start(cli, "tenants.run.seed", tenant, only(input), wait),
});

const reset = defineCommand({
  path: "tenants reset <tenant>",
  words: "Makes a tenant's database anew from the migrations: everything in it is lost.",
  examples: ["tenants reset acme --seed --yes --wait"],
  options: { seed: flag("and put the seed data in"), ...timeouts, wait },
  dangerous: ({ tenant }) => `Everything in the database of ${tenant} is lost. There is no way back.`,
  run: (cli, { tenant }, { wait, ...input }) => start(cli, "tenants.run.reset", tenant, only(input), wait),
});

const vacuum = defineCommand({
  path: "tenants vacuum <tenant>",
  words: "Vacuums a tenant's database, or only refreshes what the planner knows of it.",
  examples: ["tenants vacuum acme --mode analyze"],
  options: { mode: choice("how", ["vacuum", "analyze"]), wait },
  run: (cli, { tenant }, { wait, ...input }) => start(cli, "tenants.run.vacuum", tenant, only(input), wait),
});

const rotateSecret = defineCommand({
  path: "tenants rotate-secret <tenant>",
  words: "Gives a tenant's role a new password; apps with the runtime follow by themselves.",
  examples: ["tenants rotate-secret acme --yes --wait"],
  options: { wait },
  dangerous: ({ tenant }) => `The password of ${tenant} ends: what signs in with it and has no runtime is shut out.`,
  run: (cli, { tenant }, { wait }) => start(cli, "tenants.run.rotate-secret", tenant, {}, wait),
});

const endConnections = defineCommand({
  path: "tenants end-connections <tenant>",
  words: "Ends the sessions that are open in a tenant's database.",
  examples: ["tenants end-connections acme --yes"],
  options: { wait },
  dangerous: ({ tenant }) => `Open transactions in ${tenant} are rolled back.`,
  run: (cli, { tenant }, { wait }) => start(cli, "tenants.run.terminate-connections", tenant, {}, wait),
});

const drift = defineCommand({
  path: "tenants drift <tenant>",
  words: "Shows how a tenant's schema differs from its migrations; exit code 7 when it does.",
  examples: ["tenants drift acme", "tenants drift acme --check --json"],
  options: { check: flag("compare now, and not as it was last compared") },
  async run(cli, { tenant }, { check }) {
    const { id, slug } = await tenantNamed(cli, tenant);
    if (check) await checkNow(cli, id);
    const answer = await cli.send("schema.show", { id });
    if (answer.checkedAt === null) throw new Misused(`${slug} was never compared. Compare it now: --check`);
    const rows = answer.list.map((one) => [one.difference, one.kind, one.name, one.expected, one.found]);
    const columns = ["Difference", "Kind", "Name", "Expected", "Found"];
    await cli.out.table(answer, columns, rows, `${slug} is as its migrations say (${momentWords(answer.checkedAt)}).`);
    if (answer.differences > 0) throw new Found(`${slug} differs from its migrations in ${answer.differences} places.`);
  },
});

async function checkNow(cli: Cli, id: string): Promise<void> {
  const { runEnded, checkRun } = await import("../wait");
  const run = await cli.send("tenants.run.check-schema", { id });
  await checkRun(cli, await runEnded(cli, run.id));
}

/** What is done in one tenant's database, as a run of one. */
export const tenantActionCommands: readonly AnyCommand[] = [
  ...[migrate, rollback, seed, drift, reset, vacuum, rotateSecret, endConnections],
];
