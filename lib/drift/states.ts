import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import { type Migration, readMigrations } from "@/lib/schema/folder";
import type { SchemaState } from "./contract";

/** The folder of migrations, or why it can't be used. */
export function folderOrProblem(): { migrations: readonly Migration[]; problem: string | null } {
  try {
    return { migrations: readMigrations(env().TENANT_MIGRATIONS), problem: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { migrations: [], problem: error.message };
  }
}

/** What each state is, as a condition over `t` (tenants) and `s` (tenant_schemas, left-joined); never NULL. */
export function stateConditions(migrations: readonly Migration[]): Record<SchemaState, Prisma.Sql> {
  const latest = migrations.at(-1)?.name ?? "";
  const older = ["", ...migrations.map(({ name }) => name)].slice(0, -1);
  const failed = Prisma.sql`(s.error IS NOT NULL)`;
  const drifted = Prisma.sql`coalesce(s.drifted, false)`;
  const behind = Prisma.sql`coalesce(NOT t.adopted AND s.version = ANY(${older}::text[]), false)`;
  const newest = Prisma.sql`coalesce(NOT t.adopted AND s.version = ${latest}, false)`;
  return {
    current: Prisma.sql`(${newest} AND NOT ${failed} AND NOT ${drifted})`,
    behind,
    failed,
    drifted,
    unknown: Prisma.sql`NOT (${newest} OR ${behind} OR ${failed} OR ${drifted})`,
  };
}
