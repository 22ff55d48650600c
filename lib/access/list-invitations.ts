import { inOrder, keyset, type Placed } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { listInvitationsContract } from "./contract-invitations";
import { invitationView } from "./invitations";

export const listInvitations = operation(listInvitationsContract, async (ctx, { search, role, cursor, limit }) => {
  // As `openInvitation` says.
  const parts = [Prisma.sql`i.used_at IS NULL AND i.expires_at > ${ctx.now()}`, newestFirst.after(cursor)];
  if (search) parts.push(Prisma.sql`i.email ILIKE ${`%${search.replace(/[\\%_]/g, "\\$&")}%`}`);
  if (role.length > 0) parts.push(Prisma.sql`i.role = ANY(${role})`);
  const found = await ctx.db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT i.id::text AS id, ${newestFirst.place} FROM invitations i
     WHERE ${Prisma.join(parts, " AND ")} ORDER BY ${newestFirst.order} LIMIT ${limit + 1}`;
  const { rows: page, next } = newestFirst.page(found, limit);
  const rows = await ctx.db.invitation.findMany({ where: { id: { in: page.map(({ id }) => id) } } });
  return { invitations: inOrder(page, rows).map(invitationView), next };
});

const newestFirst = keyset("invitations.list", [
  { of: Prisma.sql`i.created_at`, kind: "time", order: "desc" },
  { of: Prisma.sql`i.id`, kind: "uuid", order: "desc" },
]);
