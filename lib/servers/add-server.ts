import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { type ServerAccess, withAdmin } from "@/lib/platform/postgres";
import { sealAdminPassword } from "./access";
import { addServerContract } from "./contract";
import { serverViewOf } from "./list-servers";
import { systemIdOf } from "./look";
import { inSlot } from "./slots";

export const addServer = operation(addServerContract, async (ctx, input) => {
  const fields = { name: "Another server has this name." };
  if (await ctx.db.server.findUnique({ where: { name: input.name } }))
    throw new AppError("conflict", "The name is taken.", { fields });
  const { name, region, ...access } = input;
  const { version, systemId } = await inSlot(() => inspect(access)).catch(atItsField);
  await refuseTwice(ctx, systemId);
  const id = newId(ctx.now());
  const { host, port, adminUser, adminDatabase, tls } = access;
  const adminSecret = await sealAdminPassword(id, access.adminPassword);
  const row = await ctx.db.server.create({
    data: {
      id,
      name,
      region,
      host,
      port,
      adminUser,
      adminDatabase,
      tls,
      adminSecret,
      version,
      systemId,
      createdAt: ctx.now(),
    },
  });
  await ctx.db.$executeRaw`SELECT pg_notify('tenantry_server', ${id})`;
  const made = serverViewOf(row, 0, ctx.now());
  Object.assign(ctx.note, { target: id, after: { name, region, host, port, adminUser, tls } });
  return made;
});

/** What a server says of itself: `systemId` is null where its role may not read it. */
export type ServerIdentity = { version: string; systemId: string | null };

/** Signs in, and checks that the role may make databases and roles and that the version is one we know. */
export async function inspect(access: ServerAccess): Promise<ServerIdentity> {
  return await withAdmin(access, async (admin) => {
    const { rows } = await admin.query(`
      SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
             rolsuper OR (rolcreatedb AND rolcreaterole) AS able, pg_is_in_recovery() AS standby
      FROM pg_roles WHERE rolname = current_user`);
    const { version, number, able, standby } = rows[0] ?? {};
    if (number < 150_000) throw invalid("host", `This is PostgreSQL ${version}. Tenantry needs 15 or newer.`);
    if (standby) throw invalid("host", "This is a standby: nothing can be written on it. Add the server it copies.");
    if (!able) throw invalid("adminUser", "This role may not create databases and roles (CREATEDB and CREATEROLE).");
    return { version: String(version), systemId: await systemIdOf(admin) };
  });
}

/** One cluster that is reached in two ways would be measured twice, and its databases be offered twice. */
async function refuseTwice({ db }: Ctx, systemId: string | null): Promise<void> {
  const known = systemId && (await db.server.findFirst({ where: { systemId, removedAt: null } }));
  if (!known) return;
  const host = `This is the PostgreSQL cluster that is in the fleet as ${known.name} (${known.host}:${known.port}).`;
  throw new AppError("conflict", "This server is in the fleet already.", { fields: { host } });
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
