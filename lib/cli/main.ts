import { Command, CommanderError } from "commander";
import { controlDb } from "@/lib/platform/prisma";
import { addAccessCommands } from "./access-commands";
import { addAppCommands } from "./app-commands";
import { addAuditCommands } from "./audit-commands";
import { exitCodeOf, inWords } from "./failure";
import { addIsolationCommands } from "./isolation-commands";
import { addKeyCommands } from "./key-commands";
import { addNetworkCommands } from "./network-commands";
import { tell } from "./output";

/** What there is to do, a line for each group of commands. */
const groups: ((program: Command) => void)[] = [
  addKeyCommands,
  addNetworkCommands,
  addAccessCommands,
  addAuditCommands,
  addIsolationCommands,
  addAppCommands,
];

/** Does what the arguments ask for; the exit code is 0 when it was done, 1 when it failed, 2 when it was asked wrongly. */
export async function run(args: string[]): Promise<number> {
  const program = new Command("tenantry")
    .description("What is done on Tenantry's host itself, beside the running processes.")
    .helpCommand(false)
    .configureOutput({ outputError: (text) => tell(text.trim()) })
    .exitOverride();
  for (const add of groups) add(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    tell(inWords(error));
    return exitCodeOf(error);
  } finally {
    await controlDbEnded();
  }
}

/** Where the command line could not be read, there may be no environment to connect with. */
async function controlDbEnded(): Promise<void> {
  try {
    await controlDb().$disconnect();
  } catch {
    // There was no connection to end.
  }
}
