import type pg from "pg";
import { demoTenants, type Shape, shapes } from "./shapes";

/** A tenant that asked for traffic by its settings. */
export type Customer = { id: string; slug: string; shape: Shape; rows: number; active: boolean };

/** Finds the tenants whose settings say `{"workload": "<shape>"}`; a shape that nobody knows is left out. */
export async function findFleet(registry: pg.Pool): Promise<Customer[]> {
  const { rows } = await registry.query<{ id: string; slug: string; status: string; workload: string }>(
    `SELECT id, slug, status::text AS status, settings->>'workload' AS workload FROM tenants
     WHERE deleted_at IS NULL AND settings ? 'workload' ORDER BY slug`,
  );
  return rows.flatMap(({ id, slug, status, workload }) => {
    const shape = shapes.find((known) => known === workload);
    if (!shape) return [];
    const size = demoTenants.find((tenant) => tenant.slug === slug)?.rows ?? 2000;
    return [{ id, slug, shape, rows: size, active: status === "active" }];
  });
}
