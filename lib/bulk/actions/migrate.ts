import { z } from "zod";
import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import { applyMigrations, type Standing } from "@/lib/schema/apply";
import { type Migration, readMigrations } from "@/lib/schema/folder";
import type { Limits } from "@/lib/schema/record";
import { type RolledBack, rollBack } from "@/lib/schema/roll-back";
import { type ItemWork, serverAction, usual } from "../action";
import { asTenant } from "../item-connection";
import { keepingRecord, limitFields, migrationName, notMigrated } from "./schema-fields";

const input = z.object({
  upTo: migrationName
    .optional()
    .meta({ title: "Up to", description: "the last migration to apply; the newest unless told" }),
  ...limitFields,
});

export const migrate = serverAction({
  name: "migrate",
  title: "Migrate",
  summary: "Apply the schema migrations that tenants' databases have not got yet.",
  group: "schema",
  danger: "disruptive",
  permission: "schema:migrate",
  input,
  words: ({ upTo }) => (upTo ? `Migrate up to ${upTo}` : "Migrate to the newest version"),
  preview: ({ upTo }) => {
    const names = wanted(upTo).map(({ name }) => name);
    const reached = names.at(-1);
    return {
      leaveOut: Prisma.sql`CASE WHEN ${notMigrated} IS NOT NULL THEN ${notMigrated}
        WHEN s.error IS NULL AND s.version IS NOT NULL AND (s.version = ${reached ?? ""}
          OR (s.version = ANY(${folderNames()}::text[]) AND NOT s.version = ANY(${["", ...names]}::text[])))
        THEN 'Its schema is at ' || coalesce(nullif(s.version, ''), 'the beginning') || ' already.' END`,
      warnings: [
        Prisma.sql`CASE WHEN s.drifted THEN 'Its schema differs from what its migrations make' END`,
        Prisma.sql`CASE WHEN s.error IS NOT NULL THEN 'Its last migration failed' END`,
        Prisma.sql`CASE WHEN t.status IN ('suspended', 'blocked', 'deleted')
          THEN 'Its database is locked: a role for this one visit is made' END`,
      ],
    };
  },
  radius: ({ upTo }) => reachedWords(wanted(upTo).map(({ name }) => name)),
  defaults: { ...usual, timeoutSeconds: 120 },
  activity: "migrated",
  run: async (work, { upTo, ...limits }) => {
    const folder = readMigrations(env().TENANT_MIGRATIONS);
    const runId = work.run.id;
    const result = await keepingRecord(work, async (reached) =>
      asTenant(work, (client) => applyMigrations(client, folder, { ...limits, runId, upTo, reached })),
    );
    const beside = result.unknown.length > 0 ? ` Not in the folder: ${result.unknown.join(", ")}.` : "";
    if (result.own.length === 0) {
      return {
        status: "skipped",
        words: `There was nothing to apply: it is at ${result.version || "the beginning"}.${beside}`,
      };
    }
    const saved = reversible(folder, result.own) ? { applied: result.own, limits } : undefined;
    return { status: "done", words: `Applied ${result.own.join(", ")}.${beside}`, ...(saved && { saved }) };
  },
  undo: {
    words: ({ upTo }) => (upTo ? `Roll back the migrations up to ${upTo}` : "Roll back the migrations"),
    run: async (work, saved) => {
      const { applied, limits } = saved as { applied: string[]; limits: Limits };
      const undone = await keepingRecord(work, async (reached) => await takeBack(work, applied, limits, reached));
      if (undone.length === 0) return { status: "skipped", words: "They are not applied any more." };
      return { status: "done", words: `Rolled back ${undone.join(", ")}.` };
    },
  },
});

/** So many names are read; more are a list that nobody reads. */
const fewNames = 5;

function reachedWords(names: string[]): string[] {
  const last = names.at(-1);
  if (last === undefined) return [];
  const few = names.length > 1 && names.length <= fewNames;
  return [
    `They are brought to ${last}.`,
    ...(few ? [`Each gets what it has not got yet of ${names.join(", ")}.`] : []),
  ];
}

function folderNames(): string[] {
  return readMigrations(env().TENANT_MIGRATIONS).map(({ name }) => name);
}

function wanted(upTo: string | undefined): readonly Migration[] {
  const folder = readMigrations(env().TENANT_MIGRATIONS);
  return upTo === undefined ? folder : folder.filter(({ name }) => name <= upTo);
}

function reversible(folder: readonly Migration[], names: string[]): boolean {
  return names.every((name) => folder.find((one) => one.name === name)?.down !== null);
}

/** Newest first, on one connection. */
async function takeBack(
  work: ItemWork,
  applied: string[],
  limits: Limits,
  reached: (standing: Standing) => void,
): Promise<string[]> {
  const folder = readMigrations(env().TENANT_MIGRATIONS);
  return await asTenant(work, async (client) => {
    const undone: string[] = [];
    for (const name of applied.toReversed()) {
      const result: RolledBack = await rollBack(client, folder, name, { ...limits, runId: work.run.id });
      reached(result);
      if (result.done) undone.push(name);
    }
    return undone;
  });
}
