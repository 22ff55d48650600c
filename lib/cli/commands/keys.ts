import { AppError } from "@/lib/kernel/errors";
import type { Operations } from "@/lib/sdk/generated";
import { type AnyCommand, type Cli, choices, defineCommand, list, number, only, text } from "../command";
import { Misused } from "../failure";
import { listed, paging, showList } from "../pages";
import { reachIn } from "../reach";
import { momentWords, pairs } from "../words";

type Key = Operations["keys.list"]["output"]["keys"][number];
type Input = Operations["keys.create"]["input"];

const listKeys = defineCommand({
  path: "keys list",
  words: "Lists API keys; never their secrets.",
  examples: ["keys list", "keys list --state active --json"],
  options: {
    search: text("part of a name"),
    state: choices("only these", ["active", "expired", "revoked"]),
    ...paging,
  },
  async run(cli, _, { all, limit, ...filter }) {
    await showList(cli, "keys.list", only(filter), only({ all, limit }), {
      columns: ["Name", "Key", "State", "Permissions", "Ends", "Last used"],
      rows: ({ keys }) =>
        keys.map((one) => [
          ...[one.name, `${one.prefix}…`, one.state, one.permissions.length],
          ...[one.expiresAt ? momentWords(one.expiresAt) : "never", momentWords(one.lastUsedAt)],
        ]),
      none: "There are no such keys.",
    });
  },
});

const showKey = defineCommand({
  path: "keys show <key>",
  words: "Shows an API key, by its name, prefix or id; never its secret.",
  examples: ["keys show deploy"],
  async run(cli, { key }) {
    const { scopeWords } = await import("@/lib/kernel/scope");
    const one = await keyNamed(cli, key);
    cli.out.result(one, () =>
      pairs([
        ["Name", one.name],
        ["Id", one.id],
        ["Key", `${one.prefix}…`],
        ["State", one.state],
        ["Permissions", one.permissions.join(", ")],
        ["Reach", scopeWords(one.scope)],
        ["From", one.allowedAddresses.join(", ") || "anywhere"],
        ["Requests", one.rateLimit === null ? "the installation's limit" : `${one.rateLimit} a minute`],
        ["Made", `${momentWords(one.createdAt)} by ${one.createdBy}`],
        ["Ends", one.expiresAt ? momentWords(one.expiresAt) : "never"],
        ["Last used", momentWords(one.lastUsedAt)],
      ]),
    );
  },
});

const createKey = defineCommand({
  path: "keys create <name>",
  words: "Makes an API key and shows its secret, once; people only, in the console or on the host.",
  examples: ["keys create deploy --permissions tenants:read,tenants:create --expires-in-days 90"],
  options: {
    permissions: list("what it may do", "permission"),
    reach: text("which tenants: all (unless told), or such as region:eu-1,eu-2", "reach"),
    expiresInDays: number("days that it lasts, at most 3650; 90 unless told", "days"),
    allowedAddresses: list("networks that it may be used from", "network"),
    rateLimit: number("requests a minute, the installation's limit unless told"),
  },
  async run(cli, { name }, { permissions = [], reach, ...given }) {
    if (permissions.length === 0) throw new Misused("Say what it may do: --permissions tenants:read,tenants:create …");
    const { permissionsIn } = await import("../permissions");
    const own = { name, permissions: permissionsIn(permissions, "key") as Input["permissions"] };
    const made = await cli.send("keys.create", { ...own, ...only({ scope: reachIn(reach), ...given }) });
    const ends = made.key.expiresAt === null ? "does not end" : `ends ${momentWords(made.key.expiresAt)}`;
    const usual = given.expiresInDays === undefined ? " (90 days, unless --expires-in-days tells otherwise)" : "";
    cli.out.note(`Key ${name} is made; it ${ends}${usual}. This is its secret; it is never shown again:`);
    cli.out.result(made, made.secret);
  },
});

const editKey = defineCommand({
  path: "keys edit <key>",
  words: "Changes an API key's name, addresses, rate limit or end; people only, in the console or on the host.",
  examples: ["keys edit deploy --rate-limit 600 --dry-run", "keys edit deploy --expires-in-days 30"],
  options: {
    name: text("its name", "name"),
    expiresInDays: number("days from now that it lasts", "days"),
    allowedAddresses: list("all networks that it may be used from", "network"),
    rateLimit: number("requests a minute"),
  },
  async run(cli, { key }, given) {
    const change = only(given);
    if (Object.keys(change).length === 0) throw new Misused("Say what to change, such as --name or --rate-limit.");
    const { id } = await keyNamed(cli, key);
    const edited = await cli.send("keys.edit", { id, ...change });
    cli.out.result(edited, `Key ${edited.name} is changed.`);
  },
});

const revokeKey = defineCommand({
  path: "keys revoke <key>",
  words: "Revokes an API key at once, by its name, prefix or id.",
  examples: ["keys revoke deploy --yes"],
  dangerous: ({ key }) => `Programs with the key ${key} are refused from now on.`,
  async run(cli, { key }) {
    const { id } = await keyNamed(cli, key);
    const revoked = await cli.send("keys.revoke", { id });
    cli.out.result(revoked, `Key ${revoked.name} is revoked.`);
  },
});

/** The key that somebody means; of several with one name, the one that can be used. */
async function keyNamed(cli: Cli, name: string): Promise<Key> {
  const { keys } = await listed(cli, "keys.list", {}, { all: true });
  const found = keys.filter((one) => one.id === name || one.name === name || one.prefix === name);
  const one = found.find(({ state }) => state === "active") ?? found[0];
  if (!one) throw new AppError("not_found", `There is no key ${name}. See: tenantry keys list`);
  return one;
}

/** `keys`: API keys. */
export const keyCommands: readonly AnyCommand[] = [listKeys, createKey, showKey, editKey, revokeKey];
