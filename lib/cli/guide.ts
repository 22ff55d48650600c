import type { AnyCommand, Option } from "./command";
import { nouns } from "./nouns";

const head = `# The command line

Made by \`npm run cli-guide\` from the commands themselves. \`tenantry <noun> <verb> --help\` tells the same.

\`\`\`sh
npm run tenantry -- tenants list          # on the host, in process
tenantry tenants list                     # the same, where the package's bin is on the path
\`\`\`

**Where it works.** On the host a command works in process, on the installation that the environment or the data folder
names (\`DATABASE_URL\` and \`TENANTRY_SECRET_KEY\`, or \`TENANTRY_DATA_DIR\`), as "CLI on the host". From anywhere else it
works over the API: \`--url https://console.example.com\`, or \`TENANTRY_URL\` and \`TENANTRY_API_KEY\` together. What only
people may do with a second factor (users, roles, making keys) is done on the host or in the console.

**What it says.** Results go to standard output: a table that fits the terminal, or lines with tabs between where nobody
sits at one, or with \`--json\` the API's answer and nothing else. All else goes to standard error; \`--quiet\` keeps
notes and progress away. Lists answer with a page and say when there is more; \`--all\` reads every page.

**Before it acts.** \`--dry-run\` reads and checks everything, tells what would be sent, and sends nothing. What can't be
taken back asks on a terminal (type the name), and elsewhere needs \`--yes\`. Ctrl-C ends the command, not the work: it
says what goes on, and how to look at it.

| exit code | means |
|---|---|
| 0 | done |
| 1 | failed |
| 2 | asked wrongly |
| 3 | not signed in, or not allowed |
| 4 | not found |
| 5 | conflict: it is taken, or was changed meanwhile |
| 6 | try again later: too many requests, not available, not reached |
| 7 | a check ran to its end and found something |
| 130 | ended by Ctrl-C |

Every command takes \`--url\`, \`--key\`, \`--json\`, \`--dry-run\`, \`--yes\`, \`--quiet\` and \`--no-color\`.
`;

/** The guide to every command, as Markdown. */
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
