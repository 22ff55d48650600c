import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { adoptableDatabases } from "@/lib/servers/list-server-databases";
import type { ImportRow } from "./contract";
import type { World } from "./rules";

const stored = z
  .object({
    imported: z.object({ key: z.string(), status: z.enum(["inactive", "suspended", "blocked"]).optional() }).optional(),
  })
  .catch({});

/** What a tenant's settings say of its import: its id there, and the status that it is still to get. */
export function importedOf(settings: unknown) {
  return stored.parse(settings).imported ?? null;
}

/** What the registry and the server say about the rows' databases and slugs. */
export async function readWorld(
  ctx: Ctx,
  { serverId, rows, suggested }: { serverId: string; rows: readonly ImportRow[]; suggested: boolean },
): Promise<World> {
  const server = await ctx.db.server.findUnique({ where: { id: serverId, removedAt: null }, select: { id: true } });
  if (!server)
    throw new AppError("invalid", "Choose a server.", { fields: { serverId: "This server does not exist." } });
  const databases = rows.flatMap(({ database }) => database ?? []);
  const found = await ctx.db.tenant.findMany({
    where: { serverId, deletedAt: null, database: { in: databases } },
    select: { id: true, slug: true, database: true, settings: true },
  });
  const slugs = await ctx.db.tenant.findMany({ where: { deletedAt: null }, select: { slug: true } });
  return {
    adoptable: new Set((await adoptableDatabases(ctx.db, serverId)).map(({ name }) => name)),
    present: new Map(
      found.map(({ id, slug, database, settings }) => [database, { id, slug, key: importedOf(settings)?.key ?? null }]),
    ),
    slugs: new Set(slugs.map(({ slug }) => slug)),
    ...{ keys: new Set<string>(), databases: new Set<string>(), suggested },
  };
}
