import { AppError } from "@/lib/kernel/errors";
import type { Db, Prisma } from "@/lib/platform/prisma";

export type StoredKey = Prisma.ApiKeyGetPayload<object>;

/** An API key's row; `not_found` when there is none. */
export async function findKey(db: Db, id: string): Promise<StoredKey> {
  const row = await db.apiKey.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such API key.");
  return row;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockKey(db: Db, id: string): Promise<StoredKey> {
  await db.$queryRaw`SELECT 1 FROM api_keys WHERE id = ${id}::uuid FOR UPDATE`;
  return await findKey(db, id);
}
