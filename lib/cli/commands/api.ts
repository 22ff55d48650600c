import { descriptions, type Operations, routes } from "@/lib/sdk/generated";
import { type AnyCommand, defineCommand, each, text } from "../command";
import { Misused } from "../failure";
import { fieldsIn } from "../fields";
import { writeFile } from "../files";
import type { Out } from "../output";

const callOperation = defineCommand({
  path: "api [operation]",
  words: "Calls an operation by its id, as the API's reference names it; without one, lists them all.",
  examples: [
    "api",
    "api tenants.list --field search=shop --field limit=5",
    'api tenants.list --input \'{"status":["active"]}\'',
  ],
  options: {
    input: text("the input as JSON; @file reads a file, @- standard input", "json"),
    field: each("a field of the input, as name=value, of a list one member", "name=value"),
    file: text("where a file that it answers with goes; standard output unless told", "file"),
  },
  dangerous: ({ operation }) =>
    operation !== undefined && isOperation(operation) && routes[operation].method !== "GET"
      ? `${operation}: ${descriptions[operation].summary}`
      : null,
  async run(cli, { operation }, { input, field, file }) {
    if (operation === undefined) return await listOperations(cli.out);
    if (!isOperation(operation)) throw new Misused(`There is no operation ${operation}. See: tenantry api`);
    const given = fieldsIn(cli, operation, { input, field });
    if (routes[operation].file) {
      const asked = given as Operations[typeof operation]["input"];
      return await writeFile(cli, file, "The answer", () => cli.download(operation, asked));
    }
    const answer = await cli.send(operation, given as Operations[typeof operation]["input"]);
    cli.out.result(answer, () => JSON.stringify(answer, null, 2));
  },
});

const isOperation = (id: string): id is keyof Operations => Object.hasOwn(routes, id);

async function listOperations(out: Out): Promise<void> {
  const all = Object.entries(descriptions).map(([id, { summary, fields }]) => ({ id, summary, fields }));
  const rows = all.map(({ id, summary, fields }) => [id, Object.keys(fields).join(", "), summary]);
  await out.table({ operations: all }, ["Operation", "Fields", "What it does"], rows, "There are none.");
}

/** `api`: whatever has no command of its own. */
export const apiCommands: readonly AnyCommand[] = [callOperation];
