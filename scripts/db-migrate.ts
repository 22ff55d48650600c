import { prepareControl } from "@/lib/jobs/prepare-control";

/** `npm run db:migrate`: applies the control database's pending migrations, as `DATABASE_OWNER_URL` when it is set. */
const url = process.env.DATABASE_URL;
if (!url) {
  console.error(
    "Set DATABASE_URL to the control database. (`npm start` without it migrates its embedded database by itself.)",
  );
  process.exit(2);
}
const applied = await prepareControl(url, process.env.DATABASE_OWNER_URL || undefined);
console.log(applied.length === 0 ? "The control database is up to date." : `Applied: ${applied.join(", ")}`);
