import { mkdirSync, writeFileSync } from "node:fs";
import { applyMigrations, pendingSql } from "@/lib/platform/migrations";
import { withScratchDatabase } from "./scratch";

/** `npm run db:migration -- name`: writes the next migration from what schema.prisma has and the migrations have not. */
const name = process.argv[2]?.trim().replace(/\W+/g, "_").toLowerCase();
if (!name) {
  console.error("Give the migration a name: npm run db:migration -- add_something");
  process.exit(2);
}

const sql = await withScratchDatabase(async (url) => {
  await applyMigrations(url);
  return await pendingSql(url);
});

if (!sql) {
  console.log("schema.prisma and the migrations agree: there is nothing to migrate.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = `prisma/migrations/${stamp}_${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, `${sql}\n`);
  console.log(`Wrote ${folder}/migration.sql. Read it, complete it by hand where needed, then: npm run db:migrate`);
}
