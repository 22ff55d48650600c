import { readdirSync } from "node:fs";
import { resolve } from "node:path";

/** The names of the control database's migrations that this version comes with, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(resolve("prisma/migrations"), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? entry.name : []))
    .sort();
}
