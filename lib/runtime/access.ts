import type pg from "pg";
import { currentTenant } from "./context";
import { visitorGone } from "./gone";
import { type LendOptions, lend, lendOnce } from "./lending";
import type { Asked } from "./loan";
import { explainLoss } from "./loss";
import { TenantPgPool } from "./pg-pool";
import type { TenantPools } from "./pools";
import { admit } from "./refusal";
import type { Resolver } from "./resolve";
import type { RuntimeTenant } from "./tenant";
import type { Borrower, TenantClient } from "./tenant-client";
import { type Warmed, warmUp } from "./warm";

/** How a statement or a piece of work may end early. */
export type AccessOptions = {
  /** When it is aborted: waiting for a connection ends, and PostgreSQL cancels what is running. */
  signal?: AbortSignal;
};

/** The ways to the databases of tenants. */
export type Access = {
  /** One statement on the current tenant's database. */
  query: <Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string | pg.QueryConfig,
    parameters?: readonly unknown[],
    options?: AccessOptions,
  ) => Promise<pg.QueryResult<Row>>;
  /** Several statements on one connection to the current tenant's database, such as a transaction. */
  withClient: <Result>(work: (client: TenantClient) => Promise<Result>, options?: AccessOptions) => Promise<Result>;
  /** A `pg.Pool` for libraries that want one, of the tenant of the running code; outside every context it throws. */
  pool: pg.Pool;
  /** The same for one tenant, for what must never be shared: it refuses to work in another tenant's context. */
  poolFor: (tenant: Pick<RuntimeTenant, "id">) => pg.Pool;
  /** Opens connections ahead, `each` (1 unless told) for each tenant, as far as the limits have room. */
  warm: (tenants: readonly RuntimeTenant[], each?: number) => Promise<Warmed>;
};

/** The ways to tenants' databases over one set of pools. A tenant's status is asked at each of them. */
export function createAccess({ pools, resolver }: { pools: TenantPools; resolver: Resolver }): Access {
  const lendTo = async (borrower: Borrower, options: LendOptions) => {
    const tenant = admit(await resolver.byId(borrower.tenantId));
    return await lend(pools, tenant, borrower, { signal: visitorGone(), ...options });
  };
  const explain = (tenantId: string, options: LendOptions) => async (error: unknown) => {
    const signal = options.signal ?? visitorGone();
    throw signal?.aborted ? signal.reason : await explainLoss(error, tenantId, resolver);
  };
  const withClient: Access["withClient"] = async (work, options = {}) => {
    const { id } = currentTenant();
    const run = async () => {
      const { client, giveBack } = await lendTo({ tenantId: id, bound: false }, options);
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work(client as TenantClient);
      } catch (error) {
        // What the work was stopped by says more than what the end of the loan was.
        await giveBack(false).catch(() => undefined);
        throw error;
      }
      await giveBack(true);
      return result;
    };
    return await run().catch(explain(id, options));
  };
  const query: Access["query"] = async (asked, values, options = {}) => {
    // Before a pooler, and for what speaks with the connection itself, a loan is more than a statement.
    const whole = () => withClient((client) => client.query<never>(asked, values), options);
    if (typeof asked === "object" && ("submit" in asked || "callback" in asked)) return await whole();
    const { id } = currentTenant();
    const signal = options.signal ?? visitorGone();
    try {
      const found = resolver.find({ id });
      const tenant = admit(found instanceof Promise ? await found : found);
      if (tenant.pooling !== "none") return await whole();
      return await lendOnce(pools, tenant, asked, values, signal);
    } catch (error) {
      return await explain(id, { signal })(error);
    }
  };
  const source = {
    lend: (tenantId: string, bound: boolean) => {
      const told = explain(tenantId, {});
      return lendTo({ tenantId, bound, explain: told }, { each: true }).catch(told);
    },
    ask: async (tenantId: string, bound: boolean, asked: Asked, values?: readonly unknown[]) => {
      const borrower = { tenantId, bound };
      try {
        const tenant = admit(await resolver.byId(tenantId));
        if (tenant.pooling === "none") return await lendOnce(pools, tenant, asked, values, visitorGone());
        const { client, giveBack } = await lendTo(borrower, { each: true });
        try {
          return await (client as TenantClient).query(asked, values);
        } finally {
          await giveBack(true).catch(() => undefined);
        }
      } catch (error) {
        return await explain(tenantId, {})(error);
      }
    },
    now: (tenantId: string) => pools.now(tenantId),
  };
  return {
    query,
    withClient,
    pool: new TenantPgPool(source, null),
    poolFor: ({ id }) => new TenantPgPool(source, id),
    warm: (tenants, each = 1) => warmUp(pools, tenants, each),
  };
}
