import { inOrder, keyset, type Placed, type SortKey } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { listUsersContract, type userSorts } from "./contract";
import { readUsers } from "./user-row";

export const listUsers = operation(listUsersContract, async (ctx, input) => {
  const { search, role, state, secondFactor, sort, order, cursor, limit } = input;
  const list = keyset(`users.list ${sort} ${order}`, [
    { ...sortKeys[sort], order },
    { of: Prisma.sql`u.id`, kind: "uuid", order },
  ]);
  const parts = [list.after(cursor)];
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(Prisma.sql`(u.name ILIKE ${pattern} OR u.email ILIKE ${pattern} OR u.role ILIKE ${pattern})`);
  }
  if (role.length > 0) parts.push(Prisma.sql`u.role = ANY(${role})`);
  if (state !== undefined) parts.push(Prisma.sql`(u.deactivated_at IS NULL) = ${state === "active"}`);
  if (secondFactor !== undefined) parts.push(Prisma.sql`(u.totp_confirmed_at IS NOT NULL) = ${secondFactor}`);
  const found = await ctx.db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT u.id::text AS id, ${list.place} FROM users u
     WHERE ${Prisma.join(parts, " AND ")} ORDER BY ${list.order} LIMIT ${limit + 1}`;
  const { rows: page, next } = list.page(found, limit);
  const users = await readUsers(ctx.db, ctx.now(), { id: { in: page.map(({ id }) => id) } });
  return { users: inOrder(page, users), next };
});

const sortKeys: Record<(typeof userSorts)[number], SortKey> = {
  name: { of: Prisma.sql`lower(u.name)`, kind: "text" },
  email: { of: Prisma.sql`u.email`, kind: "text" },
  role: { of: Prisma.sql`u.role`, kind: "text" },
  createdAt: { of: Prisma.sql`u.created_at`, kind: "time" },
  lastSignInAt: { of: Prisma.sql`u.last_sign_in_at`, kind: "time", nullable: true },
};
