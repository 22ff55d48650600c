import { type Command, InvalidArgumentError, Option as Switch } from "commander";
import type { AnyCommand, Option } from "./command";
import type { GlobalOptions } from "./session";

type Values = Record<string, unknown>;

/** Runs a command with its arguments, its own options, and all that were given. */
type Run = (command: AnyCommand, args: Values, given: Values, all: Values) => Promise<void>;

/** What the words between a noun and a verb are about. */
const groups: Record<string, string> = {
  "tenants settings": "A tenant's own settings.",
  "tenants maintenance": "Whether a tenant's app tells visitors that it is being worked on.",
  "tenants support": "Who may open a tenant's app for support.",
  "tenants domains": "The domains that a tenant's app answers at.",
};

/** Adds a declared command to the program, with the words on its path as commands above it. */
export function addCommand(program: Command, command: AnyCommand, run: Run): void {
  const words = command.path.split(" ");
  const names = words.filter((word) => !isArgument(word));
  const parent = names.slice(0, -1).reduce((above, name) => {
    const found = above.commands.find((one) => one.name() === name);
    return found ?? above.command(name).description(groups[`${above.name()} ${name}`] ?? "");
  }, program);
  const own = parent.command(names.at(-1) ?? "").description(command.words);
  for (const word of words.filter(isArgument)) own.argument(word);
  for (const [name, option] of Object.entries(command.options)) own.addOption(switchFor(name, option));
  addGlobalOptions(own);
  const examples = command.examples.map((line) => `  tenantry ${line}`);
  const where = command.where === "host" ? ["", "It works on the installation's own host."] : [];
  own.addHelpText("after", [...where, "", "Examples:", ...examples].join("\n"));
  own.action(() => {
    const args = own.registeredArguments.map((argument, at) => [argument.name(), own.processedArgs[at]]);
    const all = own.opts();
    return run(command, Object.fromEntries(args), givenOf(command, all), all);
  });
}

/** What was given of a command's own options. Commander keeps `--no-tags` as a false `tags`: here it is `noTags`. */
function givenOf({ options }: AnyCommand, all: Values): Values {
  const own = Object.entries(all).flatMap(([name, value]): [string, unknown][] => {
    const negated = `no${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
    if (value === false && Object.hasOwn(options, negated)) return [[negated, true]];
    return Object.hasOwn(options, name) ? [[name, value]] : [];
  });
  return Object.fromEntries(own);
}

const isArgument = (word: string) => /^[<[]/.test(word);

/** The options that every command takes. */
export function addGlobalOptions(command: Command): void {
  command
    .addOption(new Switch("--url <address>", "an installation's address: work over its API").helpGroup("Everywhere:"))
    .addOption(new Switch("--key <key>", "the API key (better: TENANTRY_API_KEY)").helpGroup("Everywhere:"))
    .addOption(new Switch("--json", "answer with JSON and nothing else").helpGroup("Everywhere:"))
    .addOption(
      new Switch("--dry-run", "read and check, tell what would be sent, send nothing").helpGroup("Everywhere:"),
    )
    .addOption(new Switch("-y, --yes", "go on without asking").helpGroup("Everywhere:"))
    .addOption(new Switch("-q, --quiet", "say nothing beside the result").helpGroup("Everywhere:"))
    .addOption(new Switch("--no-color", "no colours").helpGroup("Everywhere:"));
}

/** The global options, wherever they stood on the command line. */
export function globalsOf(program: Command, given: Record<string, unknown>): GlobalOptions & { color: boolean } {
  const above = program.opts();
  const { url, key } = { ...above, ...given } as { url?: string; key?: string };
  const either = (name: string) => above[name] === true || given[name] === true;
  return {
    ...(url !== undefined && { url }),
    ...(key !== undefined && { key }),
    ...{ json: either("json"), dryRun: either("dryRun"), yes: either("yes"), quiet: either("quiet") },
    color: above.color !== false && given.color !== false,
  };
}

function switchFor(name: string, option: Option<unknown>): Switch {
  const word = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const one = new Switch(option.kind === "flag" ? `--${word}` : `--${word} <${option.value}>`, wordsOf(option));
  if (option.kind === "number") return one.argParser(numberIn);
  if (option.kind === "list")
    return one.argParser((value, before: unknown) => [
      ...(Array.isArray(before) ? before : []),
      ...(option.whole ? [value] : listIn(value, option)),
    ]);
  return option.choices ? one.choices([...option.choices]) : one;
}

function wordsOf({ words, kind, choices, whole }: Option<unknown>): string {
  if (kind !== "list") return words;
  if (whole) return `${words}; give it again for more`;
  return `${words}${choices ? ` (${choices.join(", ")})` : ""}; several with commas`;
}

function numberIn(value: string): number {
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It has to be a number.");
}

function listIn(value: string, { choices }: Option<unknown>): string[] {
  const members = value
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const wrong = members.find((one) => choices && !choices.includes(one));
  if (wrong === undefined) return members;
  throw new InvalidArgumentError(`There is no ${wrong}. There are: ${choices?.join(", ")}.`);
}
