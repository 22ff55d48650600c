import { registryTenants } from "@/lib/bulk/testing-runs";
import { controlDb, type Prisma } from "@/lib/platform/prisma";
import type { Given } from "./testing-fuzz-requests";
import type { World } from "./testing-fuzz-world";

/** Makes what an operation needs in order to do something, and says what it has to be asked for that. */
export type Scene = (world: World) => Promise<Given>;

let made = 0;

/** A number that no other scene has. */
export const next = (): number => ++made;

/** A tenant of its own that is in the registry only. */
export async function tenantIn(
  { control }: World,
  data: Prisma.TenantUpdateInput = {},
): Promise<{ id: string; slug: string }> {
  const [tenant] = await registryTenants(control.serverId, 1, `scene-${next()}`);
  if (!tenant) throw new Error("There is one.");
  await controlDb().tenant.update({ where: { id: tenant.id }, data });
  return tenant;
}

/** The data of a tenant that was deleted and can still be restored. */
export const inGrace = (): Prisma.TenantUpdateInput => ({
  ...{ status: "deleted", statusBefore: "active" },
  purgeAfter: new Date(Date.now() + 86_400_000),
});

/** A tenant that is in maintenance. */
export async function maintained(world: World): Promise<{ id: string; slug: string }> {
  const tenant = await tenantIn(world);
  const at = { startedAt: new Date(), startedBy: "ada@example.com" };
  const data = { tenantId: tenant.id, message: "Back soon.", bypassHash: "none", retryAfter: 60, ...at };
  await controlDb().tenantMaintenance.create({ data });
  return tenant;
}

/** Asks about a tenant of its own. */
export const ofTenant =
  (data: () => Prisma.TenantUpdateInput = () => ({}), more: Given = {}): Scene =>
  async (world) => ({ params: { id: (await tenantIn(world, data())).id }, ...more });
