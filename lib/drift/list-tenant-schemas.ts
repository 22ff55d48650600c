import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { listTenantSchemasContract } from "./contract";
import { schemaViews } from "./schema-view";
import { folderOrProblem, stateConditions } from "./states";

export const listTenantSchemas = operation(listTenantSchemasContract, async ({ db, actor }, input) => {
  const { migrations } = folderOrProblem();
  const { search, version: schema, state, page, pageSize } = input;
  const is = stateConditions(migrations);
  const within = tenantCondition(actor, { search, schema, status: [], plan: [], region: [], tag: [] });
  const any = Prisma.join(state.length > 0 ? state.map((one) => is[one]) : [Prisma.sql`true`], " OR ");
  const where = Prisma.sql`${within} AND (${any})`;
  const [total] = await db.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id WHERE ${where}`;
  const part = Prisma.sql`${where} ORDER BY t.slug, t.id LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`;
  return { tenants: await schemaViews(db, migrations, part), total: total?.n ?? 0 };
});
