import { createHash, hkdfSync } from "node:crypto";
import { env } from "./env";
import { decrypt, encrypt, readEnvelope } from "./envelope";

/** A key of the environment that opens data keys. Its id is the first 8 hex digits of its SHA-256. */
export type Master = { id: string; bytes: Buffer };

/** A data key: it seals stored secrets and is itself stored only wrapped under masters. */
export type DataKey = { id: string; bytes: Buffer };

/** A stored data key under one master: a row of `data_keys`. */
export type Wrap = { masterId: string; wrapped: string };

/** The master that wraps (TENANTRY_SECRET_KEY), and after it those that only open (TENANTRY_OLD_SECRET_KEYS). */
export function masters(): [Master, ...Master[]] {
  const present = masterOf(env().TENANTRY_SECRET_KEY);
  const old = env().TENANTRY_OLD_SECRET_KEYS.map(masterOf);
  return [
    present,
    ...old.filter(({ id }, index) => id !== present.id && old.findIndex((one) => one.id === id) === index),
  ];
}

/** A master from its spelling in the environment: 32 bytes in base64. */
export function masterOf(base64: string): Master {
  const bytes = Buffer.from(base64, "base64");
  return { id: createHash("sha256").update(bytes).digest("hex").slice(0, 8), bytes };
}

/** A data key as it is stored: an envelope that opens under one master only. */
export function wrap(key: DataKey, master: Master): string {
  return encrypt("w1", { id: master.id, bytes: wrappingKey(master) }, key.bytes, wrapContext(key.id));
}

/** A stored data key, opened; throws when the master is another or the envelope was altered. */
export function unwrap(id: string, wrapped: string, master: Master): DataKey {
  const envelope = readEnvelope(wrapped);
  if (envelope.kind !== "w1" || envelope.keyId !== master.id) throw new Error(`Data key ${id} is stored wrongly.`);
  return { id, bytes: decrypt(envelope, wrappingKey(master), wrapContext(id)) };
}

/** Opens a data key with whichever master of this process has wrapped it; throws, naming the masters, when none has. */
export function openAny(id: string, wraps: Wrap[]): DataKey {
  if (wraps.length === 0) throw new Error(`A secret was sealed with data key ${id}, which this installation has not.`);
  for (const master of masters()) {
    const row = wraps.find(({ masterId }) => masterId === master.id);
    if (row) return unwrap(id, row.wrapped, master);
  }
  const under = wraps.map(({ masterId }) => masterId).join(" or ");
  throw new Error(`A secret was sealed with key ${under}, but ${given()}.`);
}

/** Which masters this process was given, by their ids. */
export function given(): string {
  const [present, ...old] = masters().map(({ id }) => id);
  return `TENANTRY_SECRET_KEY is key ${present}${old.length > 0 ? `, TENANTRY_OLD_SECRET_KEYS ${old.join(", ")}` : ""}`;
}

const wrapContext = (id: string) => `data-key:${id}`;

// Apart from the master itself, which sealed secrets directly before there were data keys.
function wrappingKey(master: Master): Buffer {
  return Buffer.from(hkdfSync("sha256", master.bytes, "", "data key wrap", 32));
}
