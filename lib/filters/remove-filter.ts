import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { removeFilterContract } from "./contract";
import { checkMaker } from "./find-filter";

export const removeFilter = operation(removeFilterContract, async (ctx, { id }) => {
  const row = await ctx.db.savedFilter.findUnique({ where: { id } });
  if (!row) throw new AppError("not_found", "There is no such saved filter.");
  checkMaker(ctx, row);
  await ctx.db.savedFilter.delete({ where: { id } });
  Object.assign(ctx.note, { target: id, before: { name: row.name, filter: row.filter } });
  return { id };
});
