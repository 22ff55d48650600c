import { type Ctx, scopeOf } from "@/lib/gate/context";
import type { Prisma } from "@/lib/platform/prisma";

/** How long a server is asked for a reading, in milliseconds. */
export const patienceMs = 4000;

/** The servers whose figures an actor may see as a whole: none where the actor's rights reach only some tenants. */
export async function wholeServers({ db, actor }: Ctx): Promise<Prisma.ServerGetPayload<object>[]> {
  if (scopeOf(actor).kind !== "all") return [];
  return await db.server.findMany({ orderBy: { name: "asc" } });
}
