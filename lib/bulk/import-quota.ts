import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { limitsOf } from "@/lib/tenants/limits";
import type { ItemWork } from "./action";
import { asAdmin } from "./item-connection";

const mib = 1024 * 1024;

/** How many bytes of a file go by between two looks at how large the database is. */
const lookEvery = 16 * mib;

/** The tenant's limit of storage, while its database is filled. */
export type Quota = {
  /** Passes a file's bytes on; throws `conflict` once the database has outgrown the limit. */
  watch: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;
  /** Looks now, and throws the same. */
  check: () => Promise<void>;
};

const none: Quota = { watch: (chunks) => chunks, check: async () => undefined };

/**
 * Runs `use` with the limit of storage that the tenant has, if it has one. An administrator's connection looks at the
 * size, since the tenant's own is busy with the rows; the size counts rows that are not committed, too.
 */
export async function withQuota<T>(work: ItemWork, use: (quota: Quota) => Promise<T>): Promise<T> {
  const { storageMb } = limitsOf(work.tenant.settings);
  if (storageMb === null) return await use(none);
  return await asAdmin(work, async (admin) => {
    const check = async () => await compare(admin, work.tenant.database, storageMb);
    return await use({ check, watch: (chunks) => watched(chunks, check) });
  });
}

async function* watched(chunks: AsyncIterable<Buffer>, check: Quota["check"]): AsyncGenerator<Buffer, void, undefined> {
  let unseen = lookEvery;
  for await (const chunk of chunks) {
    if (unseen >= lookEvery) {
      await check();
      unseen = 0;
    }
    unseen += chunk.byteLength;
    yield chunk;
  }
}

async function compare(admin: pg.Client, database: string, storageMb: number): Promise<void> {
  const { rows } = await admin.query<{ bytes: number }>("SELECT pg_database_size($1) AS bytes", [database]);
  const bytes = Number(rows[0]?.bytes ?? 0);
  if (bytes <= storageMb * mib) return;
  const size = Math.ceil(bytes / mib).toLocaleString("en");
  const words = `The database has come to ${size} MiB, and the tenant's limit of storage is ${storageMb.toLocaleString("en")} MiB.`;
  const advice = "Nothing was imported. Raise the limit by the action set-limits, or import less.";
  throw new AppError("conflict", `${words} ${advice}`, { reason: "over_quota" });
}
