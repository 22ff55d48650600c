import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { removeFilterContract, showFilterContract } from "./contract";
import { checkMaker, filterView, lockFilter } from "./find-filter";

export const removeFilter = operation(removeFilterContract, async (ctx, { id }) => {
  const row = await lockFilter(ctx.db, id);
  await requireMatch(ctx, showFilterContract, () => filterView(row));
  checkMaker(ctx, row);
  await ctx.db.savedFilter.delete({ where: { id } });
  Object.assign(ctx.note, { target: id, before: { name: row.name, filter: row.filter } });
  return { id };
});
