import { readFileSync, writeFileSync } from "node:fs";
import { contracts } from "@/lib/contracts";
import { accessTable } from "@/lib/http/access-table";

/** `npm run access-table`: writes the table of docs/access.md. Read the difference before you commit it. */
const file = "docs/access.md";
const text = readFileSync(file, "utf8");
writeFileSync(file, `${text.slice(0, text.indexOf("| request |"))}${accessTable(contracts)}\n`);
console.log(`Wrote ${file}.`);
