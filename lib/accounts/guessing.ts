import { placeOf } from "@/lib/kernel/addresses";
import { sha256 } from "@/lib/platform/crypto";
import type { Db } from "@/lib/platform/prisma";
import { growing, steady, type Throttle } from "./throttle";

const dayMs = 86_400_000;

/** For how long an address counts as a user's own after a sign-in there. */
export const knownMs = 30 * dayMs;

/** Whether a user fully signed in from this address lately. Costs the same when there is no such user. */
export async function isKnownPlace(db: Db, email: string, address: string | null, now: Date): Promise<boolean> {
  const place = placeOf(address);
  const since = new Date(now.getTime() - knownMs);
  const known = await db.knownAddress.findFirst({
    where: { address: place ?? "", lastAt: { gt: since }, user: { email } },
  });
  return known !== null;
}

/** Remembers that a user fully signed in from an address. */
export async function rememberPlace(db: Db, userId: string, address: string | null, now: Date): Promise<void> {
  const place = placeOf(address);
  if (place === null) return;
  const userId_address = { userId, address: place };
  const create = { ...userId_address, lastAt: now };
  await db.knownAddress.upsert({ where: { userId_address }, create, update: { lastAt: now } });
}

export type Place = { email: string; address: string | null; known: boolean };

/** What a guess at a password counts for: the account from this address, the address, the account from everywhere. */
export function passwordThrottles({ email, address, known }: Place): { own: Throttle; others: Throttle[] } {
  const place = placeOf(address) ?? "unknown";
  const own = steady(`account ${nameOf(email)} from ${place}`, 10);
  const everywhere = steady(`account ${nameOf(email)}`, 50);
  // What others fail at elsewhere must not keep people out where they are at home.
  return { own, others: [steady(`address ${place}`, 60), ...(known ? [] : [everywhere])] };
}

/** What a guess at a second factor counts for. */
export function factorThrottle({ email, address, known }: Place): Throttle {
  const where = known ? ` from ${placeOf(address)}` : "";
  return growing(`second factor ${nameOf(email)}${where}`, 5);
}

// Hashed, since people type passwords into the wrong field.
const nameOf = (email: string): string => sha256(email).slice(0, 32);
