import { Interrupted, Misused } from "./failure";
import { printable, printableLines } from "./width";

/** Asks for what can't be taken back: its name has to be typed, or, where it has none, yes. Throws unless it is. */
export async function confirm(danger: string, name: string | undefined, signal: AbortSignal): Promise<void> {
  const prompts = await import("@clack/prompts");
  const ask = { output: process.stderr, signal };
  const answer =
    name === undefined
      ? await prompts.confirm({ ...ask, message: `${printableLines(danger)} Go on?`, initialValue: false })
      : await prompts.text({ ...ask, message: `${printableLines(danger)} Type ${printable(name)} to go on.` });
  if (prompts.isCancel(answer)) throw new Interrupted("Stopped. Nothing was done.");
  if (answer === true || answer === name) return;
  throw new Misused("Nothing was done: it was not confirmed.");
}

/** Whether there is somebody at a terminal to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}
