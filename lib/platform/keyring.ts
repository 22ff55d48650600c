import { decrypt, encrypt, readEnvelope } from "./envelope";
import { makeFirstKey, newestWraps, type WrappedKey, wrapsOf } from "./key-table";
import { log } from "./log";
import { wrapUnderPresent } from "./master-change";
import { type DataKey, given, type Master, masters, openAny } from "./masters";

/** Data keys that this process has opened. Their ids are random and never used again, so none of them grows stale. */
const opened = new Map<string, Promise<DataKey>>();
const asked = { hits: 0, misses: 0 };

// A page and a route may have this module each: what is counted and forgotten is the process's.
const held = globalThis as { tenantryKeyRings?: { opened: typeof opened; asked: typeof asked }[] };
held.tenantryKeyRings ??= [];
held.tenantryKeyRings.push({ opened, asked });

/**
 * Encrypts a secret for storage under the newest data key (envelope `v2.<data key id>.…`). `context` says what the
 * secret belongs to and must be given again to open it. Throws `unavailable` when the control database is away.
 */
export async function seal(plain: string, context: string): Promise<string> {
  return encrypt("v2", await sealingKey(), Buffer.from(plain), context);
}

/**
 * Opens an envelope made by `seal` with the same context. Throws when it was altered, and, naming the keys, when no
 * master key of this process opens it; `unavailable` when a key must be read and the control database is away.
 */
export async function unseal(text: string, context: string): Promise<string> {
  const envelope = readEnvelope(text);
  if (envelope.kind === "w1") throw new Error("This is not a sealed secret.");
  const key = envelope.kind === "v1" ? masterFor(envelope.keyId) : await dataKey(envelope.keyId, wrapsOf);
  return decrypt(envelope, key.bytes, context).toString("utf8");
}

async function sealingKey(): Promise<DataKey> {
  let wraps = await newestWraps();
  if (wraps.length === 0) {
    await makeFirstKey();
    wraps = await newestWraps();
  }
  const id = wraps[0]?.id;
  if (id === undefined) throw new Error("There is no key to seal a secret with.");
  return await dataKey(id, async () => wraps);
}

function masterFor(id: string): Master {
  const found = masters().find((master) => master.id === id);
  if (!found) throw new Error(`A secret was sealed with key ${id}, but ${given()}.`);
  return found;
}

async function dataKey(id: string, read: (id: string) => Promise<WrappedKey[]>): Promise<DataKey> {
  const known = opened.get(id);
  asked[known ? "hits" : "misses"]++;
  if (known) return await known;
  const opening = read(id).then((wraps) => open(id, wraps));
  opened.set(id, opening);
  try {
    return await opening;
  } catch (error) {
    opened.delete(id);
    throw error;
  }
}

async function open(id: string, wraps: WrappedKey[]): Promise<DataKey> {
  const key = openAny(id, wraps);
  const [present] = masters();
  if (wraps.every(({ masterId }) => masterId !== present.id)) {
    // This process was given a new master key, and no start has taken it up yet. Reading goes on in any case.
    await wrapUnderPresent().catch((error) => log().warn({ error: String(error) }, "a data key was not wrapped again"));
  }
  return key;
}

/** How many data keys this process has opened, and how often it had one at hand since it began. */
export function openedKeys(): { entries: number; hits: number; misses: number } {
  const rings = held.tenantryKeyRings ?? [];
  const ids = new Set(rings.flatMap((ring) => [...ring.opened.keys()]));
  const sum = (what: "hits" | "misses") => rings.reduce((total, ring) => total + ring.asked[what], 0);
  return { entries: ids.size, hits: sum("hits"), misses: sum("misses") };
}

/** Forgets the opened data keys: each is read and opened again when it is next needed. */
export function forgetOpenedKeys(): void {
  for (const ring of held.tenantryKeyRings ?? []) ring.opened.clear();
}
