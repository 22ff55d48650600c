import { type Patience, resetClient, settleClient } from "./connection";
import { cut, isAtRest, isBusy } from "./pg-session";
import type { Slot, TenantPool } from "./tenant-pool";

/** How long the clean-up behind a statement may take before the connection is cut, in milliseconds. */
const cleaningMs = 2000;

/** What becomes of a connection that came back: it is clean, or is to be closed; `lost` where nobody meant that. */
type Fate = {
  keep: (pool: TenantPool, slot: Slot) => void;
  close: (pool: TenantPool, slot: Slot, lost: boolean) => void;
};

/** Connections on their way back from who used them: nobody has them before they are clean. */
export class Returning {
  readonly #patience: Patience;
  readonly #fate: Fate;
  readonly #cleaning = new Set<Slot>();

  constructor(patience: Patience, fate: Fate) {
    this.#patience = patience;
    this.#fate = fate;
  }

  /** Takes a connection back whose clean-up was sent already: true, once it is clean; false, when it has to be done again. */
  async afterCleaning(pool: TenantPool, slot: Slot, cleaning: Promise<boolean>): Promise<void> {
    pool.returning++;
    slot.cleaningSince = performance.now();
    this.#cleaning.add(slot);
    const clean = await cleaning;
    this.#cleaning.delete(slot);
    pool.returning--;
    if (clean && !slot.broken && isAtRest(slot.client)) this.#fate.keep(pool, slot);
    else await this.afterUse(pool, slot, false);
  }

  /** Takes a connection back as it was left, to make it clean or to close it. */
  async afterUse(pool: TenantPool, slot: Slot, close: boolean): Promise<void> {
    slot.onEvent = undefined;
    const wanted = !close && !slot.broken && (isBusy(slot.client) ? await settleClient(slot.client) : true);
    // From this moment: who asks next waits for this connection rather than opening another.
    pool.returning++;
    const kept = wanted && !pool.retired && (await this.#reset(pool, slot));
    pool.returning--;
    if (kept) this.#fate.keep(pool, slot);
    else this.#fate.close(pool, slot, !slot.broken && !close && !pool.retired);
  }

  /** Cuts what is not clean in time. */
  cutLate(): void {
    const late = performance.now() - cleaningMs;
    for (const slot of this.#cleaning) if ((slot.cleaningSince ?? 0) <= late) cut(slot.client);
  }

  async #reset(pool: TenantPool, slot: Slot): Promise<boolean> {
    // Before a pooler that lends by the transaction there is no session: each transaction cleaned up behind itself.
    if (pool.tenant.pooling === "transaction") return isAtRest(slot.client);
    return await resetClient(slot.client, pool.tenant, this.#patience);
  }
}
