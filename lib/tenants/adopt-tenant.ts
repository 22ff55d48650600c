import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { adoptableDatabases } from "@/lib/servers/list-server-databases";
import { adoptTenantContract } from "./contract";
import { register } from "./register";

export const adoptTenant = operation(adoptTenantContract, async (ctx, { database, ...input }) => {
  const adoptable = await adoptableDatabases(ctx.db, input.serverId);
  if (!adoptable.some(({ name }) => name === database)) {
    const message =
      "This database can't be adopted: it does not exist, belongs to a tenant, or is PostgreSQL's or Tenantry's own.";
    throw new AppError("invalid", "Some fields need another look.", { fields: { database: message } });
  }
  return await register(ctx, { ...input, adopt: database });
});
