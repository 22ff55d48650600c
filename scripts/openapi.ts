import { readFileSync, writeFileSync } from "node:fs";
import { contracts } from "@/lib/contracts";
import { openApiDocument } from "@/lib/http/openapi";
import { clientSource, type Document } from "./client-source";

/** `npm run openapi`: writes docs/openapi.json from the contracts, and the client's types and tables from that. */
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const text = `${JSON.stringify(openApiDocument(contracts, version), null, 2)}\n`;
writeFileSync("docs/openapi.json", text);
console.log("Wrote docs/openapi.json");
writeFileSync("lib/sdk/generated.ts", await clientSource(JSON.parse(text) as Document));
console.log("Wrote lib/sdk/generated.ts");
