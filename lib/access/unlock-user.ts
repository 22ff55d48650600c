import { factorThrottle, passwordThrottles } from "@/lib/accounts/guessing";
import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import { controlDb } from "@/lib/platform/prisma";

/** Forgets the wrong guesses that keep somebody waiting, from wherever they were made; how many counts were removed. */
export async function unlockUser(ctx: Ctx, user: { id: string; email: string }): Promise<number> {
  const nowhere = { email: user.email, address: null, known: false };
  const keys = [passwordThrottles(nowhere).own.key.replace(/ from .*$/, ""), factorThrottle(nowhere).key];
  return await controlDb().$transaction(async (db) => {
    const own = keys.flatMap((key) => [{ key }, { key: { startsWith: `${key} from ` } }]);
    const counts = await db.signInThrottle.findMany({ where: { OR: own } });
    const addresses = counts.flatMap(({ key }) => key.split(" from ")[1] ?? []).map((place) => `address ${place}`);
    const all = [...counts.map(({ key }) => key), ...addresses];
    const { count } = await db.signInThrottle.deleteMany({ where: { key: { in: all } } });
    const note = { target: user.id, after: { removed: count } };
    await recordAudit({ ...ctx, db, note }, { operation: "users.unlock", outcome: "done" });
    return count;
  });
}
