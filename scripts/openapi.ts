import { readFileSync, writeFileSync } from "node:fs";
import { contracts } from "@/lib/contracts";
import { openApiDocument } from "@/lib/http/openapi";

/** `npm run openapi`: writes docs/openapi.json from the contracts. */
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
writeFileSync("docs/openapi.json", `${JSON.stringify(openApiDocument(contracts, version), null, 2)}\n`);
console.log("Wrote docs/openapi.json");
