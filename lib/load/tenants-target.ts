import { hostname } from "node:os";
import { controlDb } from "@/lib/platform/prisma";
import { createRuntime, type Runtime } from "@/lib/runtime/runtime";
import type { Request } from "./answer";
import { kindOf } from "./kind-of";

/** The statement that each request sends: it reads the tenant's own catalog, and changes nothing. */
export const tenantQuestion = "SELECT count(*)::int AS tables FROM pg_catalog.pg_class WHERE relkind = 'r'";

/** A runtime of this process on tenants' databases, and a request that asks them in turn. */
export type TenantsTarget = { runtime: Runtime; request: Request; close: () => Promise<void> };

/**
 * Asks tenants' databases as an app of the platform would: whose it is, a connection of the bounded pool, a statement.
 * When it is closed, nothing of it is left: neither connections nor its row among the app processes.
 */
export function tenantsTarget(tenants: readonly { id: string }[], app: string, clients: number): TenantsTarget {
  const runtime = createRuntime({ app, pools: { perTenant: Math.max(1, Math.min(8, clients)), total: clients } });
  let turn = 0;
  const request: Request = async (_client, signal) => {
    const tenant = tenants[turn++ % tenants.length];
    if (!tenant) return { kind: "failed", what: "no tenant" };
    try {
      await runtime.runInTenantById(tenant.id, () => runtime.query(tenantQuestion, [], { signal }));
      return { kind: "done" };
    } catch (error) {
      return kindOf(error);
    }
  };
  const close = async () => {
    await runtime.close();
    await controlDb().runtimeProcess.deleteMany({ where: { app, host: hostname(), pid: process.pid } });
  };
  return { runtime, request, close };
}
