import { actorId, type Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import type { Db, Prisma } from "@/lib/platform/prisma";
import { type SavedFilterView, savedFilterView } from "./contract";

type FilterRow = Prisma.SavedFilterGetPayload<object>;

/** A saved filter's row; `not_found` when there is none. */
export async function findFilter(db: Db, id: string): Promise<FilterRow> {
  const row = await db.savedFilter.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such saved filter.");
  return row;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockFilter(db: Db, id: string): Promise<FilterRow> {
  await db.$queryRaw`SELECT 1 FROM saved_filters WHERE id = ${id}::uuid FOR UPDATE`;
  return await findFilter(db, id);
}

/** Refuses to change a filter that somebody else made, unless to who may change roles. */
export function checkMaker({ actor }: Ctx, { name, createdBy, createdById }: FilterRow): void {
  // Not by the name: two API keys may have the same one.
  if (actor.kind === "system" || (createdById !== null && actorId(actor) === createdById)) return;
  if (actor.kind !== "nobody" && actor.permissions.includes("roles:update")) return;
  const words = `The filter "${name}" is ${createdBy}'s. Use it as it is, or save yours under another name.`;
  throw new AppError("forbidden", words, { fields: { name: words } });
}

/** A filter as the API shows it. What an older version kept is completed. */
export function filterView({ id, name, filter, createdBy, createdAt }: FilterRow): SavedFilterView {
  return savedFilterView.parse({ id, name, filter, createdBy, createdAt: createdAt.toISOString() });
}
