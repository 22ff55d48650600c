import { inOrder, keyset, type Placed } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { seeTenant } from "@/lib/tenants/find";
import { listSupportContract } from "./contract";
import { stateConditions, supportViewOf } from "./view";

export const listSupport = operation(listSupportContract, async (ctx, { id, state, cursor, limit }) => {
  await seeTenant(ctx, id);
  const is = stateConditions(ctx.now());
  const any = Prisma.join(state.length > 0 ? state.map((one) => is[one]) : [Prisma.sql`true`], " OR ");
  const found = await ctx.db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT s.id::text AS id, ${newestFirst.place} FROM support_access s
     WHERE s.tenant_id = ${id}::uuid AND (${any}) AND ${newestFirst.after(cursor)}
     ORDER BY ${newestFirst.order} LIMIT ${limit + 1}`;
  const { rows: page, next } = newestFirst.page(found, limit);
  const rows = await ctx.db.supportAccess.findMany({ where: { id: { in: page.map((row) => row.id) } } });
  return { access: inOrder(page, rows).map((row) => supportViewOf(row, ctx.now())), next };
});

const newestFirst = keyset("support.list", [
  { of: Prisma.sql`s.created_at`, kind: "time", order: "desc" },
  { of: Prisma.sql`s.id`, kind: "uuid", order: "desc" },
]);
