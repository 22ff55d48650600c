/** What one process may use, over all tenants. */
export type PoolLimits = {
  /** The most connections to one tenant's database; 4 unless told. */
  perTenant?: number;
  /** The most connections over all tenants, those being opened or closed included; 60 unless told. */
  total?: number;
  /** Milliseconds to wait for a connection before `unavailable`; 5000 unless told. */
  waitMs?: number;
  /** The most requests that wait; 1000 unless told. */
  mostWaiting?: number;
  /** The most requests of one tenant that wait; a quarter of `mostWaiting` unless told. */
  mostWaitingPerTenant?: number;
  /** Milliseconds after which an unused connection is closed; 30,000 unless told. */
  idleMs?: number;
  /** Milliseconds after which PostgreSQL cancels a statement; 30,000 unless told. */
  statementMs?: number;
  /** Milliseconds that opening a connection may take; 5000 unless told. */
  connectMs?: number;
};

const usual = {
  ...{ perTenant: 4, total: 60, waitMs: 5000, mostWaiting: 1000 },
  ...{ idleMs: 30_000, statementMs: 30_000, connectMs: 5000 },
};

/** The limits that hold, where some are given. */
export function limitsOf(given: PoolLimits): Required<PoolLimits> {
  const mostWaiting = given.mostWaiting ?? usual.mostWaiting;
  return { ...usual, mostWaitingPerTenant: Math.max(1, Math.floor(mostWaiting / 4)), ...given };
}
