import { inOrder, type Keyset, keyset, type Placed, type SortKey } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { type keySorts, type keyStates, listKeysContract } from "./contract";
import { keyView } from "./view";

export const listKeys = operation(listKeysContract, async (ctx, { search, state, sort, order, cursor, limit }) => {
  const list = sortedBy(sort, order);
  const parts = [list.after(cursor)];
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(
      Prisma.sql`(k.name ILIKE ${pattern} OR 'tnt_' || k.prefix ILIKE ${pattern} OR k.created_by ILIKE ${pattern})`,
    );
  }
  if (state.length > 0)
    parts.push(
      Prisma.sql`(${Prisma.join(
        state.map((one) => standing(one, ctx.now())),
        " OR ",
      )})`,
    );
  const found = await ctx.db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT k.id::text AS id, ${list.place} FROM api_keys k
     WHERE ${Prisma.join(parts, " AND ")} ORDER BY ${list.order} LIMIT ${limit + 1}`;
  const { rows: page, next } = list.page(found, limit);
  const rows = await ctx.db.apiKey.findMany({ where: { id: { in: page.map(({ id }) => id) } } });
  return { keys: inOrder(page, rows).map((row) => keyView(row, ctx.now())), next };
});

function sortedBy(sort: (typeof keySorts)[number], order: "asc" | "desc"): Keyset {
  const keys = sort === "state" ? byState(order) : [{ ...sortKeys[sort], order }];
  return keyset(`keys.list ${sort} ${order}`, [...keys, { of: Prisma.sql`k.id`, kind: "uuid", order: "desc" }]);
}

/** Not by who has expired: that moves by itself, while somebody reads page after page. */
const byState = (order: "asc" | "desc"): SortKey[] => [
  { of: Prisma.sql`(k.revoked_at IS NOT NULL)::int`, kind: "number", order },
  { of: Prisma.sql`coalesce(k.revoked_at, k.created_at)`, kind: "time", order: "desc" },
];

const sortKeys: Record<Exclude<(typeof keySorts)[number], "state">, SortKey> = {
  name: { of: Prisma.sql`lower(k.name)`, kind: "text" },
  createdAt: { of: Prisma.sql`k.created_at`, kind: "time" },
  expiresAt: { of: Prisma.sql`k.expires_at`, kind: "time", nullable: true },
  lastUsedAt: { of: Prisma.sql`k.last_used_at`, kind: "time", nullable: true },
};

/** As `keyView` says. */
function standing(state: (typeof keyStates)[number], now: Date): Prisma.Sql {
  if (state === "revoked") return Prisma.sql`k.revoked_at IS NOT NULL`;
  return state === "expired"
    ? Prisma.sql`(k.revoked_at IS NULL AND k.expires_at <= ${now})`
    : Prisma.sql`(k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${now}))`;
}
