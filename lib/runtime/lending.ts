import type pg from "pg";
import { type Asked, sessionLoan } from "./loan";
import { askAndDiscard, cancelRunning, isBusy } from "./pg-session";
import type { TenantPools } from "./pools";
import type { RuntimeTenant } from "./tenant";
import { type Borrower, LentClient } from "./tenant-client";
import type { Lease } from "./tenant-pool";
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
      const cancelling = cancelled();
      // At once where nothing has to end first: who asks next waits for this connection rather than opening another.
      if (!cancelling && tenant.pooling !== "transaction") return lease.release(close);
      let cancelTaken: boolean | undefined = true;
      try {
        // A cancel request that is still under way would hit the next user's statement.
        cancelTaken = await cancelling;
        await loan.finish(keep && !lease.broken());
      } finally {
        lease.release(close || cancelTaken === false || loan.spoilt());
      }
    },
  };
}

/** Lends a connection for one statement, which is cleaned up behind in the same write. */
export async function lendOnce<Row extends pg.QueryResultRow>(
  pools: TenantPools,
  tenant: RuntimeTenant,
  asked: Asked,
  values?: readonly unknown[],
  signal?: AbortSignal,
): Promise<pg.QueryResult<Row>> {
  signal?.throwIfAborted();
  const lease = pools.acquireNow(tenant) ?? (await pools.acquire(tenant, signal));
  const { client } = lease;
  const ask = () => (values?.length ? client.query<Row>(asked, [...values]) : client.query<Row>(asked));
  let loan: ReturnType<typeof askAndDiscard<Promise<pg.QueryResult<Row>>>>;
  try {
    loan = askAndDiscard(client, ask);
  } catch (error) {
    lease.release();
    throw error;
  }
  const cancelled = cancelOnAbort(lease, signal);
  try {
    return await loan.asked;
  } finally {
    const cancelling = cancelled();
    if (!cancelling) lease.releaseClean(loan.clean);
    // A cancel request that is still under way would hit the next user's statement.
    else void cancelling.then((taken) => (taken ? lease.releaseClean(loan.clean) : lease.release(true)));
  }
}

/**
 * Cancels what runs when `signal` is aborted. Call the result at the end: it gives what is to be waited for, and whether
 * PostgreSQL has taken note; if not, the connection must be closed.
 */
function cancelOnAbort({ client }: Lease, signal?: AbortSignal): () => Promise<boolean> | undefined {
  if (!signal) return () => undefined;
  let cancelling: Promise<boolean> | undefined;
  const onAbort = () => {
    if (isBusy(client)) cancelling = cancelRunning(client);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  return () => {
    signal.removeEventListener("abort", onAbort);
    return cancelling;
  };
}
