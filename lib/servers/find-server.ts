import { AppError } from "@/lib/kernel/errors";
import type { Db, Prisma } from "@/lib/platform/prisma";

export type StoredServer = Prisma.ServerGetPayload<object>;

/** A server's row; `not_found` when there is none in the fleet. */
export async function findServer(db: Db, id: string): Promise<StoredServer> {
  const row = await db.server.findUnique({ where: { id, removedAt: null } });
  if (!row) throw new AppError("not_found", "There is no such server.");
  return row;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockServer(db: Db, id: string): Promise<StoredServer> {
  await db.$queryRaw`SELECT 1 FROM servers WHERE id = ${id}::uuid FOR UPDATE`;
  return await findServer(db, id);
}
