import { wrongPassword } from "@/lib/platform/either-password";
import { openTenant, type Patience } from "./connection";
import { Outages } from "./outages";
import { addressOf, type RuntimeTenant, sameSecrets } from "./tenant";
import type { SessionEvent, Slot, TenantPool } from "./tenant-pool";

/** Finds a tenant's newest record. */
export type LookUp = (tenantId: string) => Promise<RuntimeTenant | null>;

/** Opens connections, and says when one is lost. */
export class Opener {
  readonly #patience: Patience;
  readonly #lookUp: LookUp;
  readonly #outages = new Outages();

  constructor(patience: Patience, lookUp: LookUp) {
    this.#patience = patience;
    this.#lookUp = lookUp;
  }

  async open(pool: TenantPool, onLost: (slot: Slot) => void): Promise<Slot> {
    const client = await this.#outages.attempt(pool.tenant, (heard) => this.#connect(pool, heard));
    const slot: Slot = { client, idleSince: 0, broken: false, closing: false };
    const tell = (event: SessionEvent) => (value?: unknown) => slot.onEvent?.(event, value);
    client.on("notice", tell("notice")).on("notification", tell("notification"));
    client.on("error", tell("error")).once("end", tell("end"));
    client.once("end", () => onLost(slot)).once("error", () => onLost(slot));
    return slot;
  }

  /** The password may have been changed since the tenant was looked up: then once more, by its newest record. */
  async #connect(pool: TenantPool, heard: () => void): Promise<Slot["client"]> {
    const used = pool.tenant;
    try {
      return await openTenant(used, this.#patience, heard);
    } catch (error) {
      if (!wrongPassword(error)) throw error;
      const newest = await this.#lookUp(used.id);
      if (!newest || addressOf(newest) !== pool.address || sameSecrets(newest, used)) throw error;
      pool.tenant = newest;
      return await openTenant(newest, this.#patience, heard);
    }
  }
}

/**
 * What a promise gives, unless nobody wants it any more: then what `signal` was aborted with is thrown, and what it gives
 * later goes to `unwanted`.
 */
export async function unlessAborted<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
  unwanted: (result: Result) => void,
): Promise<Result> {
  if (!signal) return await promise;
  let onAbort = () => {};
  const gone = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, gone]);
  } catch (error) {
    if (signal.aborted) promise.then(unwanted).catch(() => undefined);
    throw error;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
