import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { env } from "@/lib/platform/env";
import { type SchemaState, schemaOverviewContract, schemaStates } from "./contract";
import { folderOrProblem, stateConditions } from "./states";

type Group = Record<SchemaState, number> & { version: string | null; tenants: number };

export const showSchemaOverview = operation(schemaOverviewContract, async ({ db, actor }) => {
  const { migrations, problem } = folderOrProblem();
  const is = stateConditions(migrations);
  const groups = await db.$queryRaw<Group[]>`
    SELECT CASE WHEN NOT t.adopted THEN s.version END AS version, count(*)::int AS tenants,
      count(*) FILTER (WHERE ${is.current})::int AS current, count(*) FILTER (WHERE ${is.behind})::int AS behind,
      count(*) FILTER (WHERE ${is.failed})::int AS failed, count(*) FILTER (WHERE ${is.drifted})::int AS drifted,
      count(*) FILTER (WHERE ${is.unknown})::int AS unknown
    FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
    WHERE ${visibleSql(actor)} GROUP BY 1 ORDER BY 1`;
  const names = new Set(migrations.map(({ name }) => name));
  return {
    folder: env().TENANT_MIGRATIONS,
    latest: migrations.at(-1)?.name ?? null,
    migrations: migrations.map(({ name, checksum, down }) => ({
      ...{ name, checksum, reversible: down !== null },
      tenants: groups.find(({ version }) => version === name)?.tenants ?? 0,
    })),
    elsewhere: groups.flatMap(({ version, tenants }) =>
      version === null || names.has(version) ? [] : [{ version, tenants }],
    ),
    counts: sums(groups),
    problem,
  };
});

function sums(groups: Group[]): Record<SchemaState, number> {
  const sum = (state: SchemaState) => groups.reduce((total, group) => total + group[state], 0);
  return Object.fromEntries(schemaStates.map((state) => [state, sum(state)])) as Record<SchemaState, number>;
}
