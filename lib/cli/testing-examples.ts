/** For tests: a command line's words as a shell would give them, with '…' and "…", without where its output goes. */
export function wordsIn(line: string): string[] {
  const words = line.replace(/ > .*$/, "").matchAll(/'([^']*)'|((?:"[^"]*"|[^\s"'])+)/g);
  return [...words].map(([, quoted, plain = ""]) => quoted ?? plain.replaceAll('"', ""));
}
