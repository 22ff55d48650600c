import { liveSessions } from "@/lib/accounts/sessions";
import { AppError } from "@/lib/kernel/errors";
import { scopeShape } from "@/lib/kernel/scope";
import type { Db, Prisma } from "@/lib/platform/prisma";
import type { UserRow } from "./contract";

/** Users with how many sessions they have open, by name. */
export async function readUsers(db: Db, now: Date, where: Prisma.UserWhereInput = {}): Promise<UserRow[]> {
  const users = await db.user.findMany({
    where,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    include: { _count: { select: { sessions: { where: liveSessions(now) } } } },
  });
  return users.map((user) => ({
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role,
    scope: scopeShape.parse(user.scope),
    secondFactor: user.totpConfirmedAt !== null,
    sessions: user._count.sessions,
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    deactivatedAt: user.deactivatedAt?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
  }));
}

/** One user as the API shows them. */
export async function readUser(db: Db, now: Date, id: string): Promise<UserRow> {
  const [user] = await readUsers(db, now, { id });
  return user ?? noSuchUser();
}

/** A user's stored row; `not_found` when there is none. */
export async function findUser(db: Db, id: string) {
  return (await db.user.findUnique({ where: { id } })) ?? noSuchUser();
}

function noSuchUser(): never {
  throw new AppError("not_found", "There is no such user.");
}
