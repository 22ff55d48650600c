import { keyset, type Placed } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { askedPage } from "@/lib/kernel/page";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { listTenantSchemasContract } from "./contract";
import { schemaViews } from "./schema-view";
import { folderOrProblem, stateConditions } from "./states";

export const listTenantSchemas = operation(listTenantSchemasContract, async ({ db, actor }, input) => {
  const { migrations } = folderOrProblem();
  const { search, version: schema, state, cursor } = input;
  const { limit, skip } = askedPage(input, 50);
  const is = stateConditions(migrations);
  const within = tenantCondition(actor, { search, schema, status: [], plan: [], region: [], tag: [] });
  const any = Prisma.join(state.length > 0 ? state.map((one) => is[one]) : [Prisma.sql`true`], " OR ");
  const where = Prisma.sql`${within} AND (${any})`;
  const [total] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id WHERE ${where}`;
  const found = await db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT t.id, ${bySlug.place} FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
     WHERE ${where} AND ${bySlug.after(cursor)} ORDER BY ${bySlug.order} LIMIT ${limit + 1} OFFSET ${skip}`;
  const { rows: page, next } = bySlug.page(found, limit);
  const those = Prisma.sql`t.id = ANY(${page.map(({ id }) => id)}::uuid[]) ORDER BY ${bySlug.order}`;
  return { tenants: await schemaViews(db, migrations, those), total: total?.n ?? 0, next };
});

const bySlug = keyset("schema.tenants", [
  { of: Prisma.sql`t.slug`, kind: "text" },
  { of: Prisma.sql`t.id`, kind: "uuid" },
]);
