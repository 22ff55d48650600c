import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { type ServerAccess, withAdmin } from "@/lib/platform/postgres";
import { sealAdminPassword } from "./access";
import { addServerContract } from "./contract";
import { serverViewOf } from "./list-servers";
import { inSlot } from "./slots";

export const addServer = operation(addServerContract, async (ctx, input) => {
  const fields = { name: "Another server has this name." };
  if (await ctx.db.server.findUnique({ where: { name: input.name } }))
    throw new AppError("conflict", "The name is taken.", { fields });
  const { name, region, ...access } = input;
  const version = await inSlot(() => inspect(access)).catch(atItsField);
  const id = newId(ctx.now());
  const { host, port, adminUser, adminDatabase, tls } = access;
  const adminSecret = await sealAdminPassword(id, access.adminPassword);
  const row = await ctx.db.server.create({
    data: { id, name, region, host, port, adminUser, adminDatabase, tls, adminSecret, version, createdAt: ctx.now() },
  });
  await ctx.db.$executeRaw`SELECT pg_notify('tenantry_server', ${id})`;
  const made = serverViewOf(row, 0, ctx.now());
  Object.assign(ctx.note, { target: id, after: { name, region, host, port, adminUser, tls } });
  return made;
});

/** Signs in, and checks that the role may make databases and roles and that the version is one we know. Returns it. */
export async function inspect(access: ServerAccess): Promise<string> {
  return await withAdmin(access, async (admin) => {
    const { rows } = await admin.query(`
      SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
             rolsuper OR (rolcreatedb AND rolcreaterole) AS able
      FROM pg_roles WHERE rolname = current_user`);
    const { version, number, able } = rows[0] ?? {};
    if (number < 150_000) throw invalid("host", `This is PostgreSQL ${version}. Tenantry needs 15 or newer.`);
    if (!able) throw invalid("adminUser", "This role may not create databases and roles (CREATEDB and CREATEROLE).");
    return String(version);
  });
}

/** Which field a failed sign-in speaks of, by the error's code; another failure may pass by itself. */
const fieldOf: Record<string, string> = {
  "28P01": "adminPassword",
  "28000": "adminUser",
  "3D000": "adminDatabase",
  ENOTFOUND: "host",
  EHOSTUNREACH: "host",
  ECONNREFUSED: "port",
};

function atItsField(error: unknown): never {
  const field = error instanceof AppError && error.reason ? fieldOf[error.reason] : undefined;
  throw field && error instanceof AppError ? invalid(field, error.message) : error;
}

function invalid(field: string, message: string): AppError {
  return new AppError("invalid", message, { fields: { [field]: message } });
}
