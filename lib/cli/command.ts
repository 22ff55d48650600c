import type { Api, Calls } from "./calls";
import type { HostInstallation } from "./host";
import type { Out } from "./output";

/** What a command works with. */
export type Cli = Calls & {
  /** The installation itself, for what no operation does. Throws where the command works over the API. */
  host(): Promise<HostInstallation>;
  /**
   * Call it right before something is changed that no operation changes: it asks, where the command is dangerous. In
   * a dry run it tells these words and ends the command. `send` does it by itself.
   */
  before(words: string): Promise<void>;
  /** Says what a dangerous command's question tells, once what it is about was read. */
  warns(danger: string): void;
  /** Where the API is that the command works over; undefined on the host. */
  api: Api | undefined;
  /** From now on Ctrl-C lets the command come to its own end, as `signal` tells it to; a second one ends it at once. */
  endsItself(words: string): void;
  /** What is told when somebody presses Ctrl-C from now on: what goes on in the background, and how to look at it. */
  meanwhile(words: string): void;
  options: { json: boolean; dryRun: boolean; yes: boolean; quiet: boolean };
  out: Out;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** The folder that the caller is in: what file names are relative to. */
  cwd: string;
};

/** One option of a command; its name on the command line is its key with dashes. `T` is what the command gets. */
export type Option<T> = {
  words: string;
  /** What stands for the value in the help; none for a flag. */
  value?: string;
  kind: "flag" | "text" | "number" | "list";
  choices?: readonly string[];
  /** Of a list: its members are taken as they are given, and not apart at their commas. */
  whole?: true;
  /** Never set: it carries the type. */
  type?: T;
};

/** An option that is there or not. */
export const flag = (words: string): Option<boolean> => ({ words, kind: "flag" });

/** An option with one word. */
export const text = (words: string, value = "text"): Option<string> => ({ words, kind: "text", value });

/** An option with a number. */
export const number = (words: string, value = "number"): Option<number> => ({ words, kind: "number", value });

/** An option that is one of these words. */
export const choice = <const T extends string>(words: string, choices: readonly T[]): Option<T> => ({
  ...{ words, kind: "text", value: "which" },
  choices,
});

/** An option that can be given several times, or with commas between. */
export const list = (words: string, value = "text"): Option<string[]> => ({ words, kind: "list", value });

/** An option that can be given several times, each time with one text that may have commas in it. */
export const each = (words: string, value = "text"): Option<string[]> => ({ words, kind: "list", value, whole: true });

/** As `list`, of these words. */
export const choices = <const T extends string>(words: string, of: readonly T[]): Option<T[]> => ({
  ...{ words, kind: "list", value: "which" },
  choices: of,
});

type AnyOptions = Record<string, Option<unknown>>;

/** What was given of a command's options. */
export type Given<O extends AnyOptions> = { [K in keyof O]?: O[K] extends Option<infer T> ? T : never };

/** The arguments that a path names: one word each, `<name...>` any number, `[name]` may be missing. */
export type ArgumentsOf<P extends string> = P extends `${infer Head} ${infer Rest}`
  ? ArgumentOf<Head> & ArgumentsOf<Rest>
  : ArgumentOf<P>;
type ArgumentOf<W extends string> = W extends `<${infer N}...>`
  ? { [K in N]: string[] }
  : W extends `<${infer N}>`
    ? { [K in N]: string }
    : W extends `[${infer N}...]`
      ? { [K in N]: string[] }
      : W extends `[${infer N}]`
        ? { [K in N]?: string }
        : unknown;

/** A command as it is declared. */
export type Definition<P extends string, O extends AnyOptions> = {
  /** Its words and arguments, such as "tenants show <tenant>". */
  path: P;
  /** What it does, in one sentence. */
  words: string;
  /** Whole command lines after `tenantry`. */
  examples: readonly [string, ...string[]];
  options?: O;
  /** Where it works; "host": only on the installation's own machine, "anywhere": even where there is none. */
  where?: "host" | "anywhere";
  /**
   * What can't be taken back, said before it asks on a terminal; elsewhere it needs `--yes`. Null when nothing is lost
   * this time.
   */
  dangerous?: string | ((args: ArgumentsOf<P>, options: Given<O>) => string | null);
  /** What a dangerous command asks for: that its first argument is typed (unless told), or a yes. */
  asks?: "name" | "yes";
  run(cli: Cli, args: ArgumentsOf<P>, options: Given<O>): Promise<void>;
};

/** A command, whose exact types no longer matter. */
export type AnyCommand = {
  path: string;
  words: string;
  examples: readonly string[];
  options: AnyOptions;
  where: "host" | "anywhere" | undefined;
  asks: "name" | "yes";
  danger(args: Record<string, unknown>, options: Record<string, unknown>): string | null;
  run(cli: Cli, args: Record<string, unknown>, options: Record<string, unknown>): Promise<void>;
};

/** Declares a command. */
export function defineCommand<const P extends string, const O extends AnyOptions = Record<never, never>>(
  definition: Definition<P, O>,
): AnyCommand {
  const { dangerous = null, asks = "name", where, options } = definition;
  return {
    ...{ path: definition.path, words: definition.words, examples: definition.examples, where, asks },
    options: options ?? {},
    danger: (args, given) =>
      typeof dangerous === "function" ? dangerous(args as ArgumentsOf<P>, given as Given<O>) : dangerous,
    run: (cli, args, given) => definition.run(cli, args as ArgumentsOf<P>, given as Given<O>),
  };
}

/** An input without what was not given. */
export function only<T extends object>(input: T): Only<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Only<T>;
}

type Only<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
