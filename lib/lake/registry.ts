import type pg from "pg";
import { measuredIn, type SourceSets } from "@/lib/history/read-sources";
import { columnOf, type Metric } from "@/lib/kernel/metrics";

/** A tenant as the lake tells of it. */
export type LakeTenant = {
  id: string;
  slug: string;
  name: string;
  plan: string;
  region: string;
  server: string;
  tags: string[];
  status: string;
  created: Date;
  deleted: Date | null;
};

/** Every tenant there is or was, by id, as the transaction sees them. */
export async function readTenants(client: pg.Client): Promise<LakeTenant[]> {
  const { rows } = await client.query<LakeTenant>(`
    SELECT tenant.id::text AS id, slug, tenant.name, plan, tenant.region, server.name AS server, tags,
           status::text AS status, tenant.created_at AS created, deleted_at AS deleted
      FROM tenants tenant JOIN servers server ON server.id = tenant.server_id ORDER BY tenant.id`);
  return rows;
}

/** The sources of figures as JSON, by the number of their set, and the metrics that were ever measured. */
export type Sources = { json: Map<number, string>; metrics: Metric[] };

export async function readSources(client: pg.Client): Promise<Sources> {
  const { rows } = await client.query<{ id: number; sources: Record<string, string> }>(
    "SELECT id, sources FROM usage_source_sets",
  );
  const sets: SourceSets = new Map(rows.map(({ id, sources }) => [id, sources]));
  return { json: new Map(rows.map(({ id, sources }) => [id, asJson(sources)])), metrics: measuredIn(sets) };
}

function asJson(sources: Record<string, string>): string {
  const entries = Object.entries(sources).map(([metric, source]) => [columnOf(metric), source] as const);
  return JSON.stringify(Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1))));
}
