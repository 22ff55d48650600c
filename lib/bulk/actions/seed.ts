import { z } from "zod";
import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import { readSeed, seedDatabase } from "@/lib/schema/seed";
import { serverAction, usual } from "../action";
import { asTenant } from "../item-connection";
import { limitFields, notMigrated } from "./schema-fields";

const input = z.object({
  again: z.boolean().default(false).meta({ title: "Again", description: "also where it ran before" }),
  ...limitFields,
});

export const seed = serverAction({
  name: "seed",
  title: "Seed",
  summary: "Fill tenants' databases with the data that a new one starts with; where that was done, nothing is done.",
  group: "schema",
  danger: "disruptive",
  permission: "schema:migrate",
  input,
  words: ({ again }) => (again ? "Seed again" : "Seed"),
  preview: () => ({
    leaveOut: notMigrated,
    warnings: [Prisma.sql`CASE WHEN s.error IS NOT NULL THEN 'Its last migration failed' END`],
  }),
  defaults: { ...usual, timeoutSeconds: 120 },
  activity: "seeded",
  run: async (work, options) => {
    const sql = readSeed(env().TENANT_SEED);
    const ran = await asTenant(work, (client) => seedDatabase(client, sql, { ...options, runId: work.run.id }));
    if (!ran) return { status: "skipped", words: "It was seeded before." };
    return { status: "done", words: "Seeded." };
  },
});
