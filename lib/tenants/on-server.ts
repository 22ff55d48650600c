import type pg from "pg";
import { withAdmin } from "@/lib/platform/postgres";
import type { Db } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import { inSlot } from "@/lib/servers/slots";

/** Runs `work` as the administrator of a tenant's server, while the caller's transaction holds the tenant's row. */
export async function onServer(
  db: Db,
  tenant: { serverId: string },
  work: (admin: pg.Client) => Promise<void>,
): Promise<void> {
  const server = await db.server.findUniqueOrThrow({ where: { id: tenant.serverId } });
  const access = await serverAccess(server);
  await inSlot(() => withAdmin(access, work));
}
