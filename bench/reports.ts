import { existsSync } from "node:fs";
import { join } from "node:path";

/** `npm run bench -- reports [csv|pdf]`: files for others, a part after the other, or the one that is named. */
const parts = ["csv", "pdf"].filter((part) => existsSync(join(import.meta.dirname, `reports-${part}.ts`)));
const asked = process.argv.slice(2).filter((word) => parts.includes(word));
for (const part of asked.length > 0 ? asked : parts) await import(`./reports-${part}.ts`);
