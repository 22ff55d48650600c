import type { AnyCommand, Option } from "./command";
import { nouns } from "./nouns";

const head = `# Every command

Made by \`npm run cli-guide\` from the commands themselves; \`tenantry <noun> <verb> --help\` tells the same. How commands are
used, what they print and their exit codes: [cli.md](cli.md).

Every command takes \`--url\`, \`--key\`, \`--json\`, \`--dry-run\`, \`--yes\`, \`--quiet\` and \`--no-color\`.
`;

/** The reference of every command, as Markdown. */
export async function cliGuide(): Promise<string> {
  const parts = [head];
  for (const [name, { words, alias, load }] of Object.entries(nouns)) {
    const also = alias === undefined ? "" : ` (also \`${alias}\`)`;
    parts.push(`## ${name}\n\n${words}${also}\n`, ...(await load()).map(described));
  }
  return parts.join("\n");
}

function described({ path, words, where, options, examples }: AnyCommand): string {
  const place = where === "host" ? " On the host only." : "";
  const rows = Object.entries(options).map(([name, option]) => `- ${switchWords(name, option)}`);
  const list = rows.length > 0 ? `\n${rows.join("\n")}\n` : "";
  const lines = examples.map((line) => `tenantry ${line}`);
  return `### \`tenantry ${path}\`\n\n${words}${place}\n${list}\n\`\`\`sh\n${lines.join("\n")}\n\`\`\`\n`;
}

function switchWords(name: string, { kind, value, words, choices, whole }: Option<unknown>): string {
  const word = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const of = kind === "flag" ? "" : ` <${value}>`;
  const more = whole ? "; give it again for more" : kind === "list" ? "; several with commas" : "";
  const one = choices ? `: ${choices.join(", ")}` : "";
  return `\`--${word}${of}\` ${words}${one}${more}`;
}
