import { randomToken } from "@/lib/platform/crypto";
import { seal, unseal } from "@/lib/platform/keyring";
import type { Db } from "@/lib/platform/prisma";

const name = "audit-chain";
const context = `sealed-key:${name}`;

const opened = new Map<string, string>();

/** The chain's HMAC key, made with the first link. Call it while holding the trail's end. */
export async function auditKey(db: Db): Promise<string> {
  return (await existingAuditKey(db)) ?? (await makeKey(db));
}

/** The chain's HMAC key; undefined before the first link. */
export async function existingAuditKey(db: Db): Promise<string | undefined> {
  const row = await db.sealedKey.findUnique({ where: { name } });
  if (!row) return undefined;
  const known = opened.get(row.sealed);
  if (known !== undefined) return known;
  const key = await unseal(row.sealed, context);
  opened.clear();
  opened.set(row.sealed, key);
  return key;
}

async function makeKey(db: Db): Promise<string> {
  const key = randomToken();
  await db.sealedKey.create({ data: { name, sealed: await seal(key, context) } });
  return key;
}
