import { randomToken } from "./crypto";
import { seal, unseal } from "./keyring";
import type { Db } from "./prisma";
import { contexts } from "./sealed-columns";

/** Tenantry's own keys, by what they are for. They are sealed and not derived from the secret key, so that they last. */
export type OwnKeyName = "audit-chain" | "recovery-codes";

const opened = new Map<OwnKeyName, { sealed: string; key: string }>();

/** One of Tenantry's own keys (256 random bits), made when it is first asked for. */
export async function ownKey(db: Db, name: OwnKeyName): Promise<string> {
  return (await existingOwnKey(db, name)) ?? (await make(db, name));
}

/** One of Tenantry's own keys; undefined when it was never made. */
export async function existingOwnKey(db: Db, name: OwnKeyName): Promise<string | undefined> {
  const row = await db.sealedKey.findUnique({ where: { name } });
  if (!row) return undefined;
  const known = opened.get(name);
  if (known?.sealed === row.sealed) return known.key;
  const key = await unseal(row.sealed, contexts.key(name));
  opened.set(name, { sealed: row.sealed, key });
  return key;
}

async function make(db: Db, name: OwnKeyName): Promise<string> {
  const made = randomToken();
  const sealed = await seal(made, contexts.key(name));
  // Whoever came first has made it: both go on with that one.
  await db.sealedKey.createMany({ data: { name, sealed }, skipDuplicates: true });
  return (await existingOwnKey(db, name)) ?? made;
}
