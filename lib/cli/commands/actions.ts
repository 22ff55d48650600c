import { type AnyCommand, defineCommand } from "../command";

const listActions = defineCommand({
  path: "actions list",
  words: "Lists what can be done to many tenants at once.",
  examples: ["actions list", "actions list --json"],
  async run(cli) {
    const answer = await cli.send("bulk.actions", {});
    const rows = answer.actions.map((one) => [
      ...[one.name, one.danger, one.permission, one.undoable ? "yes" : "no", one.summary],
    ]);
    await cli.out.table(answer, ["Action", "Danger", "Permission", "Undo", "What it does"], rows, "There are none.");
  },
});

/** `actions`: what runs can do. */
export const actionCommands: readonly AnyCommand[] = [listActions];
