import type { AnyCommand, Option } from "./command";
import type { Names } from "./complete-names";
import { nouns } from "./nouns";

/** A word that may stand next, and what it means. */
export type Candidate = { word: string; words: string };

const globals: Record<string, Pick<Option<unknown>, "words" | "kind">> = {
  url: { words: "an installation's address", kind: "text" },
  key: { words: "the API key", kind: "text" },
  json: { words: "answer with JSON", kind: "flag" },
  dryRun: { words: "send nothing", kind: "flag" },
  yes: { words: "go on without asking", kind: "flag" },
  quiet: { words: "say nothing beside the result", kind: "flag" },
  noColor: { words: "no colours", kind: "flag" },
  help: { words: "what it does", kind: "flag" },
};

/**
 * What may stand at the end of a command line, whose last word is what was typed of it so far. Names of tenants, servers
 * and runs are asked of the installation by `names`, which answers quickly or with nothing.
 */
export async function candidates(line: readonly string[], names: Names): Promise<Candidate[]> {
  const typed = line.at(-1) ?? "";
  const before = line.slice(0, -1);
  const first = before.find((word, at) => !word.startsWith("-") && !isValue(before, at, {}));
  if (first === undefined) return fitting(typed, typed.startsWith("-") ? switches({}) : firstWords());
  const noun = Object.entries(nouns).find(([name, { alias }]) => name === first || alias === first);
  if (!noun) return [];
  const commands = await noun[1].load();
  const possible = commands.filter((command) => agrees(command, positionals(before, command), noun[0]));
  const options = Object.assign({}, ...possible.map((command) => command.options)) as AnyCommand["options"];
  const wanted = before.at(-1)?.startsWith("-") ? optionNamed(before.at(-1) ?? "", options) : undefined;
  if (wanted && wanted.option.kind !== "flag") {
    return fitting(typed, wanted.option.choices?.map(plain) ?? (await names(wanted.name, typed)).map(plain));
  }
  if (typed.startsWith("-")) return fitting(typed, switches(options));
  const next = possible.map((command) => tokenAt(command, positionals(before, command).length));
  const words = next.flatMap((token, at) =>
    token && !/^[<[]/.test(token) ? [{ word: token, words: possible[at]?.words ?? "" }] : [],
  );
  const argument = next.find((token) => token && /^[<[]/.test(token));
  const named = argument ? (await names(argument.replace(/[<>[\].]/g, ""), typed)).map(plain) : [];
  return fitting(typed, [...words, ...named]);
}

const plain = (word: string): Candidate => ({ word, words: "" });

const firstWords = (): Candidate[] => Object.entries(nouns).map(([word, { words }]) => ({ word, words }));

function fitting(typed: string, all: readonly Candidate[]): Candidate[] {
  const found = new Map(all.filter(({ word }) => word.startsWith(typed)).map((one) => [one.word, one]));
  return [...found.values()];
}

const dashed = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const switches = (options: AnyCommand["options"]): Candidate[] =>
  Object.entries({ ...options, ...globals }).map(([name, { words }]) => ({ word: dashed(name), words }));

type Named = { name: string; option: Pick<Option<unknown>, "kind" | "choices"> };

function optionNamed(word: string, options: AnyCommand["options"]): Named | undefined {
  const found = Object.entries({ ...globals, ...options }).find(([name]) => dashed(name) === word);
  return found && { name: found[0], option: found[1] };
}

/** Whether the word there is the value of the option before it. */
function isValue(words: readonly string[], at: number, options: AnyCommand["options"]): boolean {
  const kind = optionNamed(words[at - 1] ?? "", options)?.option.kind ?? "flag";
  return kind !== "flag";
}

const positionals = (words: readonly string[], { options }: AnyCommand): string[] =>
  words.filter((word, at) => !word.startsWith("-") && !isValue(words, at, options));

/** Whether a command begins with these words; the first may be the noun's other name. */
function agrees(command: AnyCommand, words: readonly string[], noun: string): boolean {
  return words.every((word, at) => {
    const token = at === 0 ? noun : tokenAt(command, at);
    return token !== undefined && (at === 0 || /^[<[]/.test(token) || token === word);
  });
}

/** The word or argument at a place of a command's path; an argument that takes several stands there for good. */
function tokenAt({ path }: AnyCommand, at: number): string | undefined {
  const tokens = path.split(" ");
  const last = tokens.at(-1);
  return tokens[at] ?? (last?.includes("...") ? last : undefined);
}
