/** Tells the person at the terminal, beside the result: progress, warnings, failures. */
export function tell(line: string): void {
  process.stderr.write(`tenantry: ${line.replaceAll("\n", "\n          ")}\n`);
}

/** Writes a command's result: as JSON for programs (`--json`), or in words. */
export function answer(options: { json?: boolean }, result: unknown, words: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(result) : words}\n`);
}

/** A number and its noun: 1 key, 2 keys. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
