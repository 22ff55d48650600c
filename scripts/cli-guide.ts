import { writeFileSync } from "node:fs";
import { cliGuide } from "@/lib/cli/guide";

/** `npm run cli-guide`: writes docs/cli-reference.md from the commands. */
writeFileSync("docs/cli-reference.md", await cliGuide());
console.log("Wrote docs/cli-reference.md");
