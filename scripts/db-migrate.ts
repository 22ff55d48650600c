import { prepareQueue } from "@/lib/jobs/prepare";
import { applyMigrations } from "@/lib/platform/migrations";

/** `npm run db:migrate`: applies the control database's pending migrations to `DATABASE_URL`. */
const url = process.env.DATABASE_URL;
if (!url) {
  console.error(
    "Set DATABASE_URL to the control database. (`npm start` without it migrates its embedded database by itself.)",
  );
  process.exit(2);
}
const applied = await applyMigrations(url);
await prepareQueue(url);
console.log(applied.length === 0 ? "The control database is up to date." : `Applied: ${applied.join(", ")}`);
