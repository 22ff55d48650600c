import { z } from "zod";
import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import { applyMigrations } from "@/lib/schema/apply";
import { readMigrations } from "@/lib/schema/folder";
import type { Limits } from "@/lib/schema/record";
import { rollBack } from "@/lib/schema/roll-back";
import { serverAction, usual } from "../action";
import { asTenant } from "../item-connection";
import { keepingRecord, limitFields, migrationName, namesForForm, notMigrated } from "./schema-fields";

const input = z.object({
  migration: migrationName
    .refine((name) => isReversible(name), { error: "This migration does not say how it is rolled back (down.sql)." })
    .meta({
      title: "Migration",
      description: "the newest that is applied, which needs a down.sql",
      get enum() {
        return reversibleNames();
      },
      // What a form begins with; a request has to name it.
      get default() {
        return reversibleNames()?.at(-1);
      },
    }),
  ...limitFields,
});

export const rollback = serverAction({
  name: "rollback",
  title: "Roll back a migration",
  summary: "Roll back the newest migration of tenants' databases, where it says how.",
  group: "schema",
  danger: "destructive",
  permission: "schema:migrate",
  input,
  words: ({ migration }) => `Roll back ${migration}`,
  preview: ({ migration }) => ({
    leaveOut: Prisma.sql`CASE WHEN ${notMigrated} IS NOT NULL THEN ${notMigrated}
      WHEN s.version IS NOT NULL AND s.version <> ${migration}
      THEN 'Its newest migration is another: ' || coalesce(nullif(s.version, ''), 'none') || '.' END`,
    warnings: [Prisma.sql`CASE WHEN s.drifted THEN 'Its schema differs from what its migrations make' END`],
  }),
  radius: ({ migration }) => [`What ${migration} brought is removed with its data, as its down.sql says.`],
  defaults: { ...usual, timeoutSeconds: 120 },
  activity: "rolled_back",
  run: async (work, { migration, ...limits }) => {
    const folder = readMigrations(env().TENANT_MIGRATIONS);
    const { done, version } = await keepingRecord(work, async (reached) =>
      asTenant(work, async (client) => {
        const result = await rollBack(client, folder, migration, { ...limits, runId: work.run.id });
        reached(result);
        return result;
      }),
    );
    if (!done) return { status: "skipped", words: `${migration} is not applied here.` };
    const words = `Rolled back ${migration}: now at ${version || "the beginning"}.`;
    return { status: "done", words, saved: { migration, limits } };
  },
  undo: {
    words: ({ migration }) => `Apply ${migration} again`,
    run: async (work, saved) => {
      const { migration, limits } = saved as { migration: string; limits: Limits };
      const folder = readMigrations(env().TENANT_MIGRATIONS);
      const { own } = await keepingRecord(work, async (reached) =>
        asTenant(work, (client) =>
          applyMigrations(client, folder, { ...limits, runId: work.run.id, upTo: migration, reached }),
        ),
      );
      if (own.length === 0) return { status: "skipped", words: `${migration} is applied already.` };
      return { status: "done", words: `Applied ${own.join(", ")}.` };
    },
  },
});

function reversibleNames(): string[] | undefined {
  return namesForForm()?.filter(isReversible);
}

function isReversible(name: string): boolean {
  return readMigrations(env().TENANT_MIGRATIONS).find((one) => one.name === name)?.down !== null;
}
