import { writeFileSync } from "node:fs";
import { cliGuide } from "@/lib/cli/guide";

/** `npm run cli-guide`: writes docs/cli.md from the commands. */
writeFileSync("docs/cli.md", await cliGuide());
console.log("Wrote docs/cli.md");
