import type pg from "pg";
import { demoTenants, type Shape, shapes } from "./shapes";

/** A tenant that asked for traffic by its settings. */
export type Customer = { id: string; slug: string; shape: Shape; rows: number; active: boolean };

/**
 * Finds the demo's own tenants whose settings say `{"workload": "<shape>"}`; a shape that nobody knows is left out. Somebody
 * else's tenant gets no traffic, whatever its settings say.
 */
export async function findFleet(registry: pg.Pool): Promise<Customer[]> {
  const { rows } = await registry.query<{ id: string; slug: string; made: string; status: string; workload: string }>(
    `SELECT id, tenants.slug, demo.slug AS made, status::text AS status, settings->>'workload' AS workload
       FROM tenants JOIN demo_tenants demo ON demo.tenant_id = tenants.id
      WHERE deleted_at IS NULL AND settings ? 'workload' ORDER BY tenants.slug`,
  );
  return rows.flatMap(({ id, slug, made, status, workload }) => {
    const shape = shapes.find((known) => known === workload);
    if (!shape) return [];
    const size = demoTenants.find((tenant) => tenant.slug === made)?.rows ?? 2000;
    return [{ id, slug, shape, rows: size, active: status === "active" }];
  });
}
