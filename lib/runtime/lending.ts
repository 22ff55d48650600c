import { sessionLoan } from "./loan";
import { cancelRunning, isBusy } from "./pg-session";
import type { Lease, TenantPools } from "./pools";
import type { RuntimeTenant } from "./tenant";
import { type Borrower, LentClient } from "./tenant-client";
import { TransactionLoan } from "./transaction-loan";

export type LendOptions = {
  /** Waiting ends, and the statement under way is cancelled, when this is aborted. */
  signal?: AbortSignal | undefined;
  /** Before a pooler: each statement outside BEGIN … COMMIT is a transaction, and not the whole loan. */
  each?: boolean;
};

/** What is lent, and how it is given back. */
export type Lent = {
  client: LentClient;
  /** Ends the loan: `keep` what it did, or undo what can be undone; `close` the connection rather than lend it again. */
  giveBack: (keep: boolean, close?: boolean) => Promise<void>;
};

/** Lends a connection to a tenant's database. */
export async function lend(
  pools: TenantPools,
  tenant: RuntimeTenant,
  borrower: Borrower,
  { signal, each = false }: LendOptions = {},
): Promise<Lent> {
  const lease = await pools.acquire(tenant, signal);
  const loan =
    tenant.pooling === "transaction"
      ? new TransactionLoan(lease.client, pools.limits.statementMs, each)
      : sessionLoan(lease.client);
  const client = new LentClient(loan, lease.slot, borrower, signal);
  const cancelled = cancelOnAbort(lease, signal);
  return {
    client,
    giveBack: async (keep, close = false) => {
      client.revoke();
      const ended = (async () => {
        // A cancel request that is still under way would hit the next user's statement.
        await cancelled();
        await loan.finish(keep && !lease.broken());
      })();
      const closing = () => close || loan.spoilt();
      lease.release(ended.then(closing, closing));
      await ended;
    },
  };
}

/** Cancels what runs when `signal` is aborted; call the result at the end: it waits until that is done. */
function cancelOnAbort({ client }: Lease, signal?: AbortSignal): () => Promise<void> {
  if (!signal) return async () => undefined;
  let cancelling: Promise<void> | undefined;
  const onAbort = () => {
    if (isBusy(client)) cancelling = cancelRunning(client);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  return async () => {
    signal.removeEventListener("abort", onAbort);
    await cancelling;
  };
}
