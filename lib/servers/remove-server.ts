import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { removeServerContract, showServerContract } from "./contract";
import { lockServer } from "./find-server";
import { serverViewOf } from "./list-servers";

export const removeServer = operation(removeServerContract, async (ctx, { id, confirm }) => {
  const server = await lockServer(ctx.db, id);
  const was = serverViewOf(server, 0, ctx.now());
  await requireMatch(ctx, showServerContract, () => was);
  if (confirm !== server.name) {
    const fields = { confirm: `Type the server's name, ${server.name}, to remove it.` };
    throw new AppError("invalid", "The name does not match.", { fields });
  }
  await refuseInUse(ctx, id, server.name);
  const at = ctx.now();
  // The row stays, since tenants that are gone were on it. Its name is free again, its password is forgotten.
  const name = `${server.name} (removed ${at.toISOString().slice(0, 19)}Z)`;
  await ctx.db.server.update({ where: { id }, data: { name, removedAt: at, adminSecret: null, accepting: false } });
  await ctx.db.isolationFinding.updateMany({ where: { serverId: id, resolvedAt: null }, data: { resolvedAt: at } });
  await ctx.db.$executeRaw`SELECT pg_notify('tenantry_server', ${id})`;
  const { region, host, port } = was;
  Object.assign(ctx.note, { target: id, before: { name: was.name, region, host, port }, after: { name } });
  return was;
});

/** Who places a tenant here waits for this transaction, and then finds no such server: see lib/tenants/register.ts. */
async function refuseInUse({ db }: Ctx, id: string, name: string): Promise<void> {
  const on = { serverId: id, deletedAt: null };
  const tenants = await db.tenant.count({ where: on });
  const inGrace = await db.tenant.count({ where: { ...on, status: "deleted" } });
  const steps = await db.tenantStep.count({
    where: {
      tenant: { serverId: id, deletedAt: { not: null } },
      saga: "remove",
      status: { not: "done" },
    },
  });
  if (tenants === 0 && steps === 0) return;
  const parts = [
    tenants > 0 &&
      `${counted(tenants, "tenant")}${inGrace > 0 ? `, ${inGrace} of them deleted and still to be restored` : ""}`,
    steps > 0 && `${counted(steps, "step")} of a removal to be done`,
  ].filter(Boolean);
  throw new AppError("conflict", `${name} is in use: ${parts.join("; ")}. Purge them first.`, {
    reason: "server_in_use",
  });
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;
