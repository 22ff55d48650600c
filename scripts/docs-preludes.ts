import type { Fence } from "./testing-docs";

const runtime = `import type { Runtime, RuntimeTenant } from "tenantry/runtime";
declare const runtime: Runtime;
declare const tenant: RuntimeTenant;
`;
const client = `import { createClient } from "tenantry/client";
const client = createClient({ url: "https://console.example.com" });
declare const id: string;
`;
const notes = `import { integer, pgTable, text } from "drizzle-orm/pg-core";
const notes = pgTable("notes", { id: integer().primaryKey(), body: text() });
type Tables = { notes: { id: number; body: string } };
`;

/** What an example takes from the app around it: where, by how it begins, and the declarations before it. */
const preludes: readonly { file: string; begins: RegExp; code: string }[] = [
  { file: "docs/client.md", begins: /^const \{ value, etag \}/, code: client },
  {
    ...{ file: "docs/runtime.md", begins: /^runtime\.recordSignIn/ },
    code: `${runtime}declare const account: { id: string; email: string };\ndeclare const request: { ip: string };\n`,
  },
  { file: "docs/runtime.md", begins: /^import \{ drizzle \}/, code: `${runtime}${notes}` },
  { file: "docs/runtime.md", begins: /^await runtime\.runInTenant/, code: runtime },
  {
    ...{ file: "docs/runtime.md", begins: /^import \{ PrismaPg \}/ },
    code: `${runtime}declare class PrismaClient {\n  constructor(options: { adapter: PrismaPg });\n}\n`,
  },
  {
    ...{ file: "docs/support-access.md", begins: /^createServer/ },
    code: `import { createServer } from "node:http";\n${runtime}declare function showBanner(words: string, until: Date): void;\n`,
  },
];

/** An example with the declarations that it needs to be a program of its own. */
export function wholeProgram({ file, code }: Fence): string {
  const prelude = preludes.find((one) => one.file === file && one.begins.test(code))?.code ?? "";
  return `${prelude}${code}\nexport {};\n`;
}
