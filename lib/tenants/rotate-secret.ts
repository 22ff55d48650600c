import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { quoteName, quoteText } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { scramVerifier } from "@/lib/platform/scram";
import { announceTenant } from "./activity";
import { newTenantSecret, tenantPassword } from "./secret";

type Tenant = { id: string; role: string };
type Work = { admin: pg.Client; tenant: Tenant; now: Date };

/** Writes the next password down, before the role gets it: from here on everybody tries both. */
const writeDown = async ({ tenant: { id } }: Work): Promise<void> => {
  const nextSecret = await newTenantSecret(id);
  await controlDb().$transaction(async (db) => {
    // One that an earlier attempt left may be the role's already.
    await db.tenant.updateMany({ where: { id, nextSecret: null }, data: { nextSecret } });
    await announceTenant(db, id);
  });
};

/** Gives the role that password. As a verifier: the server's log and statistics never see the password. */
const change = async ({ admin, tenant: { id, role } }: Work): Promise<void> => {
  const row = await controlDb().tenant.findUniqueOrThrow({ where: { id }, select: { nextSecret: true } });
  if (row.nextSecret === null) throw new AppError("conflict", "Somebody else changed this tenant's password just now.");
  const verifier = await scramVerifier(await tenantPassword({ id, secret: row.nextSecret }));
  await admin.query(`ALTER ROLE ${quoteName(role)} PASSWORD ${quoteText(verifier)}`);
};

/** Makes it the password that the registry holds to. As SQL: the keys may be rotated at this very moment. */
const settle = async ({ tenant: { id }, now }: Work): Promise<void> => {
  await controlDb().$transaction(async (db) => {
    await db.$executeRaw`
      UPDATE tenants SET secret = next_secret, next_secret = NULL, version = version + 1, updated_at = ${now}
      WHERE id = ${id}::uuid AND next_secret IS NOT NULL`;
    await announceTenant(db, id);
  });
};

/** What a rotation consists of. Cut off between any two, the role has one of the two passwords that are written down. */
export const rotationSteps = [writeDown, change, settle] as const;

/**
 * Gives a tenant's role a new random password that nobody sees. It can be cut off anywhere and run again. The lock is
 * the connection's own by which the role is changed: whoever lost the one can't do the other.
 */
export async function rotateSecret(admin: pg.Client, tenant: Tenant, now: Date): Promise<void> {
  await admin.query("SELECT pg_advisory_lock(hashtextextended($1, 3))", [`tenantry secret of ${tenant.id}`]);
  for (const step of rotationSteps) await step({ admin, tenant, now });
}
