import { AppError } from "@/lib/kernel/errors";
import { type AnyCommand, defineCommand, list, only, text } from "../command";
import { pairs } from "../words";

const listRoles = defineCommand({
  path: "roles list",
  words: "Lists roles with how many people have each.",
  examples: ["roles list"],
  async run(cli) {
    const answer = await cli.send("roles.list", {});
    const rows = answer.roles.map((one) => [
      ...[one.name, one.builtIn ? "built in" : "own", one.users, one.permissions.length, one.description],
    ]);
    await cli.out.table(answer, ["Name", "Kind", "People", "Permissions", "Description"], rows, "There are no roles.");
  },
});

const showRole = defineCommand({
  path: "roles show <name>",
  words: "Shows a role with its permissions.",
  examples: ["roles show viewer"],
  async run(cli, { name }) {
    const { roles } = await cli.send("roles.list", {});
    const role = roles.find((one) => one.name === name);
    if (!role) throw new AppError("not_found", `There is no role ${name}. See: tenantry roles list`);
    cli.out.result(role, () =>
      pairs([
        ["Name", role.name],
        ["Description", role.description],
        ["People", role.users],
        ["Permissions", role.permissions.join(", ")],
      ]),
    );
  },
});

const saveRole = defineCommand({
  path: "roles save <name>",
  words: "Makes a role, or changes what it may do; people only, in the console or on the host.",
  examples: ["roles save night-shift --permissions tenants:read,bulk:read --description Looks"],
  options: {
    permissions: list("all that it may do", "permission"),
    description: text("what it is for"),
  },
  async run(cli, { name }, { permissions = [], description }) {
    const { permissionsIn } = await import("../permissions");
    const input = { name, permissions: permissionsIn(permissions, "role"), ...only({ description }) };
    const role = await cli.send("roles.save", input);
    cli.out.result(role, `Role ${role.name} has ${role.permissions.length} permissions.`);
  },
});

const removeRole = defineCommand({
  path: "roles remove <name>",
  words: "Removes a role that nobody has.",
  examples: ["roles remove night-shift --yes"],
  dangerous: ({ name }) => `The role ${name} goes.`,
  async run(cli, { name }) {
    const role = await cli.send("roles.remove", { name });
    cli.out.result(role, `Role ${role.name} is removed.`);
  },
});

/** `roles`: what people may do. */
export const roleCommands: readonly AnyCommand[] = [listRoles, showRole, saveRole, removeRole];
