import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { editFilterContract, showFilterContract } from "./contract";
import { checkMaker, filterView, lockFilter } from "./find-filter";

export const editFilter = operation(editFilterContract, async (ctx, { id, name, filter }) => {
  const before = await lockFilter(ctx.db, id);
  await requireMatch(ctx, showFilterContract, () => filterView(before));
  checkMaker(ctx, before);
  if (name !== undefined && name !== before.name) {
    // Whoever saves a filter under that name waits, as in `filters.save`.
    await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`filter ${name}`}, 0))`;
    const fields = { name: "Another filter has this name." };
    if (await ctx.db.savedFilter.findUnique({ where: { name } }))
      throw new AppError("conflict", "The name is taken.", { fields });
  }
  const data = { ...(name !== undefined && { name }), ...(filter !== undefined && { filter }) };
  const after = await ctx.db.savedFilter.update({ where: { id }, data });
  Object.assign(ctx.note, {
    target: id,
    before: { name: before.name, filter: before.filter },
    after: { name: after.name, filter: after.filter },
  });
  return filterView(after);
});
