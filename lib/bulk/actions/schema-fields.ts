import { z } from "zod";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { Prisma } from "@/lib/platform/prisma";
import type { Standing } from "@/lib/schema/apply";
import { readMigrations } from "@/lib/schema/folder";
import type { ItemWork } from "../action";

/** How long a statement may wait for a lock, and run. */
export const limitFields = {
  lockTimeoutMs: z
    .int()
    .min(1)
    .max(600_000)
    .default(3000)
    .meta({ title: "Lock timeout (ms)", description: "how long a statement waits for somebody else's lock" }),
  statementTimeoutMs: z
    .int()
    .min(1)
    .max(86_400_000)
    .default(60_000)
    .meta({ title: "Statement timeout (ms)", description: "how long a statement may run" }),
};

/** A migration of the folder, which a form offers as a choice. */
export const migrationName = z
  .string()
  .max(255)
  .refine((name) => readMigrations(env().TENANT_MIGRATIONS).some((one) => one.name === name), {
    error: "The folder of migrations has none of this name.",
  })
  .meta({
    "x-choices": "of this installation",
    // Read when the form is made: zod copies what it is given then.
    get enum() {
      return namesForForm();
    },
  });

/** The migrations that a form offers; undefined where the folder can't be used. */
export function namesForForm(): string[] | undefined {
  try {
    return readMigrations(env().TENANT_MIGRATIONS).map(({ name }) => name);
  } catch {
    return undefined;
  }
}

/** Why a tenant's schema is not for Tenantry to change; NULL where it is. */
export const notMigrated = Prisma.sql`(CASE
  WHEN t.adopted THEN 'Its database was adopted: its schema is its owner''s.'
  WHEN t.status IN ('provisioning', 'failed', 'deleting') THEN 'It has no database to change: it is ' || t.status || '.' END)`;

/**
 * Does something to a schema and writes down where that left it. What fails keeps its words, and the version that the
 * database then has; where it was never reached, the version that was known.
 */
export async function keepingRecord<T>(
  work: ItemWork,
  use: (reached: (standing: Standing) => void) => Promise<T>,
): Promise<T> {
  if (work.tenant.adopted) throw new AppError("conflict", "Its database was adopted: its schema is its owner's.");
  let standing: Standing | null = null;
  const reached = (now: Standing) => {
    standing = { version: now.version, applied: now.applied };
  };
  try {
    const result = await use(reached);
    work.tellSchema({ standing, error: null });
    return result;
  } catch (error) {
    // A server that is away says nothing of the schema.
    const away = standing === null && error instanceof AppError && error.code === "unavailable";
    if (!away) work.tellSchema({ standing, error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}
