import type { Db } from "@/lib/platform/prisma";
import { Prisma } from "@/lib/platform/prisma";
import type { Migration } from "@/lib/schema/folder";
import type { TenantStatus } from "@/lib/tenants/shapes";
import { schemaStates, type TenantSchemaView } from "./contract";
import { stateConditions } from "./states";

type Row = {
  id: string;
  slug: string;
  name: string;
  status: TenantStatus;
  server: string;
  states: boolean[];
  version: string | null;
  differences: number;
  error: string | null;
  error_at: Date | null;
  checked_at: Date | null;
};

/** Where the schemas of some tenants stand, in the order of their slugs. `page` says which, over `t` and `s`. */
export async function schemaViews(
  db: Db,
  migrations: readonly Migration[],
  page: Prisma.Sql,
): Promise<TenantSchemaView[]> {
  const is = stateConditions(migrations);
  const states = Prisma.join(schemaStates.map((state) => is[state]));
  const rows = await db.$queryRaw<Row[]>`
    SELECT t.id, t.slug, t.name, t.status::text AS status, v.name AS server, ARRAY[${states}] AS states,
      CASE WHEN NOT t.adopted THEN s.version END AS version,
      coalesce(jsonb_array_length(s.differences), 0) AS differences, s.error, s.error_at, s.checked_at
    FROM tenants t JOIN servers v ON v.id = t.server_id LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
    WHERE ${page}`;
  return rows.map((row) => ({
    tenant: { id: row.id, slug: row.slug, name: row.name, status: row.status },
    server: row.server,
    states: schemaStates.filter((_, index) => row.states[index]),
    version: row.version,
    behind: behind(migrations, row.version),
    differences: row.differences,
    error: row.error,
    errorAt: row.error_at?.toISOString() ?? null,
    checkedAt: row.checked_at?.toISOString() ?? null,
  }));
}

function behind(migrations: readonly Migration[], version: string | null): number | null {
  if (version === null) return null;
  const index = migrations.findIndex(({ name }) => name === version);
  return index < 0 && version !== "" ? null : migrations.length - index - 1;
}
