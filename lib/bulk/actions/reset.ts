import { z } from "zod";
import { env } from "@/lib/platform/env";
import { applyMigrations } from "@/lib/schema/apply";
import { readMigrations } from "@/lib/schema/folder";
import { readSeed, seedDatabase } from "@/lib/schema/seed";
import { serverAction, usual } from "../action";
import { asTenant } from "../item-connection";
import { endsConnections } from "../left-out";
import { lastExport, notRemade, stored } from "../remade";
import { remake } from "../remake";
import { limitFields } from "./schema-fields";

const input = z.object({
  seed: z
    .boolean()
    .default(false)
    .meta({ title: "Seed", description: "fill it with the data that a new one starts with" }),
  ...limitFields,
});

export const reset = serverAction({
  name: "reset",
  title: "Reset the database",
  summary: "Make tenants' databases anew from the migrations; everything in them goes, with no way back.",
  group: "removal",
  danger: "destructive",
  permission: "data:reset",
  input,
  words: ({ seed }) => (seed ? "Reset the database and seed it" : "Reset the database"),
  preview: () => ({ leaveOut: notRemade, warnings: [lastExport(), stored, endsConnections] }),
  radius: ({ seed }) => [
    "Everything in their databases is dropped. This can't be undone.",
    `Each gets a new one with all migrations${seed ? " and the seed" : ""}; the old one serves until that is whole.`,
    "Their roles, passwords, statuses, limits and domains stay.",
  ],
  defaults: { ...usual, concurrency: 2, timeoutSeconds: 600, failureBudget: { count: 0 } },
  activity: "database_reset",
  run: async (work, { seed, ...limits }) => {
    const folder = readMigrations(env().TENANT_MIGRATIONS);
    const sql = seed ? readSeed(env().TENANT_SEED) : null;
    const runId = work.run.id;
    const words = await remake(work, (inside) =>
      asTenant(inside, async (client) => {
        const { version, applied } = await applyMigrations(client, folder, { ...limits, runId });
        if (sql !== null) await seedDatabase(client, sql, { ...limits, runId, again: false });
        const at = version ? `at ${version}` : "without a migration";
        return {
          standing: { version, applied },
          words: `Reset: its database is new, ${at}${seed ? ", and seeded" : ""}.`,
        };
      }),
    );
    return { status: "done", words };
  },
});
