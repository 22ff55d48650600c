import { readFileSync } from "node:fs";

let read: string | undefined;

/** Tenantry's version, of the files that this process runs from. */
export function productVersion(): string {
  read ??= String((JSON.parse(readFileSync("package.json", "utf8")) as { version: unknown }).version);
  return read;
}
