import { routes } from "@/lib/sdk/generated";
import type { AnyCommand, Cli } from "./command";
import { canAsk, confirm } from "./confirm";
import { hostOnly, Misused } from "./failure";
import { outputOf, type Terminal } from "./output";
import type { Transport } from "./transport";

export type GlobalOptions = {
  url?: string;
  key?: string;
  json: boolean;
  dryRun: boolean;
  yes: boolean;
  quiet: boolean;
};

/** A dry run has come to what would be done. */
export class NothingDone extends Error {
  constructor(
    message: string,
    readonly request: object | null,
  ) {
    super(message);
  }
}

type Call = { command: AnyCommand; args: Record<string, unknown>; given: Record<string, unknown> };
type Around = {
  transport: Transport;
  terminal: Terminal;
  signal: AbortSignal;
  cwd: string;
  meanwhile: Cli["meanwhile"];
  endsItself: Cli["endsItself"];
};

/** What a command works with, for one call of it. Throws at once where it would ask and can't, or is not on the host and has to be. */
export function cliFor({ command, args, given }: Call, options: GlobalOptions, around: Around): Cli {
  const { transport, signal } = around;
  // Somebody who means another installation must not work on this host's by mistake.
  if (command.where === "host" && transport.api) throw hostOnly();
  let danger = command.danger(args, given);
  let confirmed = danger === null || options.yes;
  if (!confirmed && !options.dryRun && !canAsk()) {
    throw new Misused(`${danger} There is no terminal to ask at: give --yes if that is meant.`);
  }
  const before = async (words: string, request: object | null = null) => {
    if (options.dryRun) throw new NothingDone(words, request);
    if (!confirmed) await confirm(danger ?? "", command.asks === "name" ? namedBy(args) : undefined, signal);
    confirmed = true;
  };
  return {
    ...{ options, signal, before, cwd: around.cwd, host: transport.host, api: transport.api },
    ...{ meanwhile: around.meanwhile, endsItself: around.endsItself },
    warns: (words) => {
      danger = words;
    },
    out: outputOf(options, around.terminal),
    download: transport.download,
    async upload(id, file, type) {
      await before(`Would upload the file by ${id}.`, { operation: id });
      return await transport.upload(id, file, type);
    },
    async send(id, input) {
      const { method, path } = routes[id];
      if (method !== "GET") {
        if (options.dryRun) await transport.check(id, input);
        await before(`Would call ${id} (${method} ${path}) with ${JSON.stringify(shown(input))}`, {
          operation: id,
          input: shown(input),
        });
      }
      return await transport.send(id, input);
    },
  };
}

function namedBy(args: Record<string, unknown>): string | undefined {
  const [first] = Object.values(args);
  return typeof first === "string" ? first : undefined;
}

/** An input as it may be shown: without what is secret, at any depth. */
function shown(input: object): unknown {
  return JSON.parse(JSON.stringify(input, (name, value) => (/password|secret|token/i.test(name) ? "…" : value)));
}
