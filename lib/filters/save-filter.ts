import { actorId, actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { newId } from "@/lib/kernel/ids";
import { saveFilterContract } from "./contract";
import { checkMaker, filterView } from "./find-filter";

export const saveFilter = operation(saveFilterContract, async (ctx, { name, filter }) => {
  // Two who save one name at the same moment wait for each other, so that the second is asked whose it is.
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`filter ${name}`}, 0))`;
  const before = await ctx.db.savedFilter.findUnique({ where: { name } });
  if (before) {
    checkMaker(ctx, before);
    ctx.note.before = { name, filter: before.filter };
  }
  const made = { createdBy: actorName(ctx.actor), createdById: actorId(ctx.actor), createdAt: ctx.now() };
  const saved = await ctx.db.savedFilter.upsert({
    where: { name },
    create: { id: newId(ctx.now()), name, filter, ...made },
    update: { filter },
  });
  Object.assign(ctx.note, { target: saved.id, after: { name, filter } });
  return filterView(saved);
});
