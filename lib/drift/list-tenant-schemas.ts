import { keyset, type Placed, type SortKey } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { askedPage } from "@/lib/kernel/page";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { listTenantSchemasContract, type schemaSorts } from "./contract";
import { schemaViews } from "./schema-view";
import { folderOrProblem, stateConditions } from "./states";

export const listTenantSchemas = operation(listTenantSchemasContract, async ({ db, actor }, input) => {
  const { migrations } = folderOrProblem();
  const { search, version: schema, state, sort, order, cursor } = input;
  const list = keyset(`schema.tenants ${sort} ${order}`, [
    { ...sortKeys[sort], order },
    { of: Prisma.sql`t.id`, kind: "uuid", order },
  ]);
  const { limit, skip } = askedPage(input, 50);
  const is = stateConditions(migrations);
  const within = tenantCondition(actor, { search, schema, status: [], plan: [], region: [], tag: [] });
  const any = Prisma.join(state.length > 0 ? state.map((one) => is[one]) : [Prisma.sql`true`], " OR ");
  const where = Prisma.sql`${within} AND (${any})`;
  const [total] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id WHERE ${where}`;
  const found = await db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT t.id, ${list.place} FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
     WHERE ${where} AND ${list.after(cursor)} ORDER BY ${list.order} LIMIT ${limit + 1} OFFSET ${skip}`;
  const { rows: page, next } = list.page(found, limit);
  const those = Prisma.sql`t.id = ANY(${page.map(({ id }) => id)}::uuid[]) ORDER BY ${list.order}`;
  return { tenants: await schemaViews(db, migrations, those), total: total?.n ?? 0, next };
});

const sortKeys: Record<(typeof schemaSorts)[number], SortKey> = {
  slug: { of: Prisma.sql`t.slug`, kind: "text" },
  name: { of: Prisma.sql`lower(t.name)`, kind: "text" },
  // As it is shown: what is in an adopted database is not ours to say.
  version: { of: Prisma.sql`CASE WHEN NOT t.adopted THEN s.version END`, kind: "text", nullable: true },
  checkedAt: { of: Prisma.sql`s.checked_at`, kind: "time", nullable: true },
};
