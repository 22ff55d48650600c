import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { seal, unseal } from "@/lib/platform/keyring";
import type { Db } from "@/lib/platform/prisma";
import { contexts } from "@/lib/platform/sealed-columns";
import { fingerprintOf } from "./export-format";

const name = "audit-export";

/** What signs exports: an Ed25519 key pair (RFC 8032), of which the public half is told to everybody. */
export type Signer = { privateKey: KeyObject; publicKey: string; fingerprint: string };

/** This installation's signer, made on the first use. */
export async function auditSigner(db: Db): Promise<Signer> {
  const { sealed, publicKey } = (await stored(db)) ?? (await make(db));
  const privateKey = createPrivateKey(await unseal(sealed, contexts.key(name)));
  return { privateKey, publicKey, fingerprint: fingerprintOf(createPublicKey(publicKey)) };
}

/** The public half, as others get it; made on the first use. */
export async function auditPublicKey(db: Db): Promise<{ publicKey: string; fingerprint: string }> {
  const { publicKey } = (await stored(db)) ?? (await make(db));
  return { publicKey, fingerprint: fingerprintOf(createPublicKey(publicKey)) };
}

async function stored(db: Db): Promise<{ sealed: string; publicKey: string } | undefined> {
  const row = await db.sealedKey.findUnique({ where: { name } });
  if (!row) return undefined;
  if (row.publicKey === null) throw new Error(`The sealed key ${name} lacks its public half.`);
  return { sealed: row.sealed, publicKey: row.publicKey };
}

/** Two who make it at once end up with the one that was stored first. */
async function make(db: Db): Promise<{ sealed: string; publicKey: string }> {
  const pair = generateKeyPairSync("ed25519");
  const sealed = await seal(pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), contexts.key(name));
  const publicKey = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
  await db.sealedKey.createMany({ data: [{ name, sealed, publicKey }], skipDuplicates: true });
  return (await stored(db)) ?? { sealed, publicKey };
}
