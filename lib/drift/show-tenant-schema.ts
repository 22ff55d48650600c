import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { Prisma } from "@/lib/platform/prisma";
import { seeTenant } from "@/lib/tenants/find";
import { type Difference, showTenantSchemaContract } from "./contract";
import { schemaViews } from "./schema-view";
import { folderOrProblem } from "./states";

export const showTenantSchema = operation(showTenantSchemaContract, async (ctx, { id }) => {
  await seeTenant(ctx, id);
  const { migrations } = folderOrProblem();
  const [view] = await schemaViews(ctx.db, migrations, Prisma.sql`t.id = ${id}::uuid`);
  if (!view) throw new AppError("not_found", "There is no such tenant. It may have been deleted.");
  const row = await ctx.db.tenantSchema.findUnique({ where: { tenantId: id }, select: { differences: true } });
  return { ...view, list: (row?.differences ?? []) as Difference[] };
});
