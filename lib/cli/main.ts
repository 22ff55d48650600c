import { Command, CommanderError } from "commander";
import { productVersion } from "@/lib/system/version";
import type { AnyCommand, Cli } from "./command";
import { exitCodeOf, exits, inWords, Misused } from "./failure";
import { nouns } from "./nouns";
import { tell } from "./output";
import { addCommand, addGlobalOptions, globalsOf } from "./parser";
import { cliFor, type GlobalOptions, NothingDone } from "./session";
import type { Surroundings } from "./surroundings";
import { type Transport, transportTo, type Where } from "./transport";
import { printableLines } from "./width";

/** Does what the arguments ask for, and answers with the exit code (see ./failure.ts). */
export async function run(args: string[], around: Surroundings): Promise<number> {
  if (args[0] === "__complete") return await complete(args.slice(1), around);
  const ending = new AbortController();
  let meanwhile = "Nothing goes on in the background.";
  let endsItself = false;
  let transport: Transport | undefined;
  const program = await programFor(args, async (command, given, options, all) => {
    const globals = globalsOf(program, all);
    transport = transportTo(whereTo(globals, around.env), ending.signal);
    const terminal = terminalOf(globals, around.env);
    const cli = cliFor({ command, args: given, given: options }, globals, {
      ...{ transport, terminal, signal: ending.signal, cwd: around.cwd },
      meanwhile: (words) => {
        meanwhile = words;
      },
      endsItself: (words) => {
        meanwhile = words;
        endsItself = true;
      },
    });
    await command.run(cli, given, options).catch((error: unknown) => tellDryRun(cli, error));
  });
  const interrupted = interruption(() => {
    const waits = endsItself && !ending.signal.aborted;
    ending.abort();
    tell(endsItself ? meanwhile : `Stopped. ${meanwhile}`);
    return !waits;
  });
  const work = parsed(program, args).finally(() => transport?.end());
  const code = await Promise.race([work, interrupted.code]).finally(interrupted.forget);
  return ending.signal.aborted ? exits.interrupted : code;
}

/** What shells ask: a line for each word that may stand next. What goes wrong with that is nothing to tell. */
async function complete(args: string[], around: Surroundings): Promise<number> {
  const { candidates } = await import("./complete");
  const { namesFrom } = await import("./complete-names");
  const described = args[0] === "--described";
  const found = await candidates(args.slice(args.indexOf("--") + 1), namesFrom(around)).catch(() => []);
  for (const { word, words } of found)
    process.stdout.write(`${printableLines(described && words ? `${word}\t${words}` : word)}\n`);
  return exits.done;
}

/** Ctrl-C: what it does, and the exit code that comes of it, when it ends the command at once. */
function interruption(endsNow: () => boolean): { code: Promise<number>; forget: () => void } {
  let hear = () => {};
  const code = new Promise<number>((resolve) => {
    hear = () => {
      if (endsNow()) resolve(exits.interrupted);
    };
  });
  process.on("SIGINT", hear);
  return { code, forget: () => process.off("SIGINT", hear) };
}

async function parsed(program: Command, args: string[]): Promise<number> {
  try {
    await program.parseAsync(args, { from: "user" });
    return exits.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.code === "commander.unknownCommand") tell("see tenantry --help for what there is.");
      return error.exitCode === 0 ? exits.done : exits.askedWrongly;
    }
    tell(inWords(error));
    return exitCodeOf(error);
  }
}

/** A dry run ends with what would have been done: that is its result. */
function tellDryRun({ out }: Cli, error: unknown): void {
  if (!(error instanceof NothingDone)) throw error;
  out.result({ dryRun: true, ...(error.request ?? { would: error.message }) }, error.message);
}

type Run = Parameters<typeof addCommand>[2];

/** The program with the commands that this command line is about; of the others only what they are about. */
async function programFor(args: string[], run: Run): Promise<Command> {
  const program = new Command("tenantry")
    .description("Tenants, their databases and all about them: on the host itself, or over the API (--url).")
    .version(productVersion(), "--version", "tell the version of this program")
    .helpCommand(false)
    .configureOutput({ outputError: (text) => tell(text.trim()) })
    .exitOverride();
  addGlobalOptions(program);
  const asked = firstWord(args);
  for (const [name, noun] of Object.entries(nouns)) {
    if (name === asked || (noun.alias !== undefined && noun.alias === asked))
      await addNoun(program, name, await noun.load(), run);
    else program.command(name).description(noun.words);
    const added = program.commands.find((one) => one.name() === name)?.description(noun.words);
    if (noun.alias !== undefined) added?.alias(noun.alias);
  }
  return program;
}

async function addNoun(program: Command, name: string, commands: readonly AnyCommand[], run: Run): Promise<void> {
  const [only] = commands;
  if (only?.path.split(" ")[0] !== name) throw new Error(`The commands of ${name} begin with another word.`);
  for (const command of commands) addCommand(program, command, run);
}

const withValue = new Set(["--url", "--key"]);

function firstWord(args: string[]): string | undefined {
  return args.find((word, at) => !word.startsWith("-") && !withValue.has(args[at - 1] ?? ""));
}

/** TENANTRY_URL is also a setting of the host's own processes: by itself, without a key, it sends nobody away. */
function whereTo({ url, key }: GlobalOptions, env: Surroundings["env"]): Where {
  // A key that was read from a file brings the end of its line along.
  const own = (key ?? env.TENANTRY_API_KEY)?.trim();
  const address = url ?? (own === undefined ? undefined : env.TENANTRY_URL);
  if (key !== undefined && address === undefined)
    throw new Misused("A key needs an address: give --url or TENANTRY_URL.");
  if (own !== undefined && !/^[\x21-\x7e]+$/.test(own))
    throw new Misused("The API key is not one: keys are of letters, digits and underscores, on one line.");
  if (address !== undefined && /^[a-z]+:\/\/[^/]*@/i.test(address))
    throw new Misused("The address holds a user name or password, which the API does not take: give a key instead.");
  if (address !== undefined && !/^https?:\/\/[^/]/.test(address)) {
    throw new Misused(`"${address}" is not an address such as https://console.example.com.`);
  }
  return { url: address, key: own };
}

function terminalOf({ color }: { color: boolean }, env: Surroundings["env"]) {
  const tty = process.stdout.isTTY === true;
  return { tty, width: process.stdout.columns ?? 80, color: tty && color && !env.NO_COLOR };
}
