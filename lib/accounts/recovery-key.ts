import { randomToken } from "@/lib/platform/crypto";
import { seal, unseal } from "@/lib/platform/keyring";
import type { Db } from "@/lib/platform/prisma";
import { contexts } from "@/lib/platform/sealed-columns";

const name = "recovery-codes";

const opened = new Map<string, string>();

/**
 * The key of recovery codes' hashes, made when it is first asked for. It is sealed and not derived from the secret key,
 * so that people's codes still work when that key is changed.
 */
export async function recoveryKey(db: Db): Promise<string> {
  const sealed = (await stored(db)) ?? (await make(db));
  const known = opened.get(sealed);
  if (known !== undefined) return known;
  const key = await unseal(sealed, contexts.key(name));
  opened.clear();
  opened.set(sealed, key);
  return key;
}

async function stored(db: Db): Promise<string | undefined> {
  const row = await db.sealedKey.findUnique({ where: { name } });
  return row?.sealed;
}

async function make(db: Db): Promise<string> {
  const sealed = await seal(randomToken(), contexts.key(name));
  // Whoever came first has made it: both go on with that one.
  await db.sealedKey.createMany({ data: { name, sealed }, skipDuplicates: true });
  return (await stored(db)) ?? sealed;
}
