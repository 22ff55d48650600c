import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { visibleTenants } from "@/lib/gate/visible";
import { AppError } from "@/lib/kernel/errors";
import { editServerContract, type ServerView, showServerContract } from "./contract";
import { lockServer } from "./find-server";
import { serverViewOf } from "./list-servers";
import { reachPooler } from "./reach";
import { inSlot } from "./slots";

export const editServer = operation(editServerContract, async (ctx, { id, ...wanted }) => {
  const before = await lockServer(ctx.db, id);
  const was = serverViewOf(before, 0, ctx.now());
  await requireMatch(ctx, showServerContract, () => was);
  const changed = changesOf(was, wanted);
  const { name, region, pooler, storageCapacityMb, accepting } = changed;
  if (name !== undefined && (await ctx.db.server.findUnique({ where: { name } }))) throw nameTaken();
  if (pooler) await inSlot(() => reachPooler(pooler));
  const data = {
    ...(name && { name }),
    ...(region && { region }),
    ...(storageCapacityMb !== undefined && { storageCapacityMb }),
    ...(accepting !== undefined && { accepting }),
    ...columnsOf(pooler),
  };
  const after = await ctx.db.server.update({ where: { id }, data });
  const keys = Object.keys(changed) as (keyof typeof changed)[];
  Object.assign(ctx.note, {
    target: id,
    before: Object.fromEntries(keys.map((key) => [key, was[key]])),
    after: changed,
  });
  if (keys.length > 0) await ctx.db.$executeRaw`SELECT pg_notify('tenantry_server', ${id})`;
  if (pooler !== undefined) await announceTenantsOf(ctx, id);
  const tenants = await ctx.db.tenant.count({ where: { ...visibleTenants(ctx.actor), serverId: id } });
  return serverViewOf(after, tenants, ctx.now());
});

type Wanted = {
  name?: string | undefined;
  region?: string | undefined;
  pooler?: ServerView["pooler"] | undefined;
  storageCapacityMb?: number | null | undefined;
  accepting?: boolean | undefined;
};

/** What differs from what is there. */
function changesOf(was: ServerView, wanted: Wanted): Wanted {
  const differs = ([key, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(was[key as keyof Wanted]);
  return Object.fromEntries(Object.entries(wanted).filter(differs));
}

function columnsOf(pooler: Wanted["pooler"]) {
  if (pooler === undefined) return {};
  return { poolerHost: pooler?.host ?? null, poolerPort: pooler?.port ?? null, poolerMode: pooler?.mode ?? null };
}

/** Every process that runs tenants looks where each of them is reached, and connects anew. */
async function announceTenantsOf({ db }: Ctx, serverId: string): Promise<void> {
  await db.$executeRaw`
    SELECT count(pg_notify('tenantry_tenant', id::text)) FROM tenants
    WHERE server_id = ${serverId}::uuid AND deleted_at IS NULL`;
}

function nameTaken(): AppError {
  return new AppError("conflict", "The name is taken.", { fields: { name: "Another server has this name." } });
}
