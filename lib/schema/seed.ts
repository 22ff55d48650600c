import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { sha256 } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/log";
import { quoteText } from "@/lib/platform/postgres";
import { failure } from "./failure";
import { bounds, type Limits, readLocked, table } from "./record";
import { endsTransactions } from "./statements";

/** The SQL that fills a new tenant's database. Throws `conflict` for a file that can't be used. */
export function readSeed(path: string): string {
  try {
    const sql = readFileSync(resolve(path), "utf8");
    if (!endsTransactions(sql)) return sql;
  } catch (cause) {
    log().warn({ seed: resolve(path), error: String(cause) }, "the seed can't be read");
    throw new AppError("conflict", "The file that TENANT_SEED names can't be read.", { cause });
  }
  throw new AppError("conflict", "The seed begins or ends transactions itself; it is run in one.");
}

/**
 * Runs a seed in one transaction, once: that it ran is kept as the comment on the table of migrations, which Prisma does
 * not mind. `again` runs it although it did, but not twice for one run. Returns whether it ran for this run.
 */
export async function seedDatabase(
  client: pg.Client,
  sql: string,
  { runId, again, ...limits }: Limits & { runId: string; again: boolean },
): Promise<boolean> {
  await readLocked(client, limits);
  const { rows } = await client.query<{ mark: string | null }>(
    `SELECT left(obj_description('${table}'::regclass, 'pg_class'), 200) AS mark`,
  );
  const own = `tenantry-seed: run ${runId}, `;
  const before = rows[0]?.mark ?? "";
  if (before.startsWith(own)) return true;
  if (before.startsWith("tenantry-seed:") && !again) return false;
  const head = `BEGIN; ${bounds(limits)}\n`;
  const mark = `COMMENT ON TABLE ${table} IS ${quoteText(`${own}SHA-256 ${sha256(sql)}`)}`;
  try {
    await client.query(`${head}${sql}\n;${mark}; COMMIT`);
    return true;
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw failure("The seed", sql, head.length, cause);
  }
}
