import { schemaStates } from "@/lib/drift/contract";
import { folderOrProblem, stateConditions } from "@/lib/drift/states";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { tenantSchemasTable } from "../contract-tables-tenants";
import { plain, shown, sqlTable, time, words } from "../table-sql";

/** Tenants by where their schema stands, by slug. */
export const tenantSchemas = sqlTable(tenantSchemasTable, ({ actor }, { state, version: schema, search }) => {
  const { migrations } = folderOrProblem();
  const is = stateConditions(migrations);
  const within = tenantCondition(actor, { search, schema, status: [], plan: [], region: [], tag: [] });
  const any = Prisma.join(state.length > 0 ? state.map((one) => is[one]) : [Prisma.sql`true`], " OR ");
  const states = Prisma.join(schemaStates.map((one) => Prisma.sql`CASE WHEN ${is[one]} THEN ${one}::text END`));
  const places = new Map(migrations.map(({ name }, index) => [name, index]).concat([["", -1]]) as [string, number][]);
  const behind = (version: string) => {
    const place = places.get(version);
    return place === undefined ? null : migrations.length - place - 1;
  };
  const version = Prisma.sql`CASE WHEN NOT t.adopted THEN s.version END`;
  return {
    columns: {
      tenant: words(Prisma.sql`t.slug`),
      tenantId: plain(Prisma.sql`t.id`),
      name: words(Prisma.sql`t.name`),
      status: words(Prisma.sql`t.status`),
      server: words(Prisma.sql`v.name`),
      states: words(Prisma.sql`concat_ws(' ', ${states})`),
      version: words(version),
      behind: shown(version, behind),
      differences: plain(Prisma.sql`coalesce(jsonb_array_length(s.differences), 0)`),
      error: words(Prisma.sql`s.error`),
      errorAt: time(Prisma.sql`s.error_at`),
      checkedAt: time(Prisma.sql`s.checked_at`),
    },
    from: Prisma.sql`tenants t JOIN servers v ON v.id = t.server_id LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
     WHERE ${within} AND (${any})`,
    order: Prisma.sql`t.slug`,
  };
});
