import type pg from "pg";
import { admit, TenantRefusal } from "./refusal";
import { activeTenants } from "./registry";
import type { Resolver } from "./resolve";
import type { RuntimeTenant } from "./tenant";

/** Which active tenants; all of them when nothing is said. */
export type TenantFilter = {
  ids?: readonly string[];
  slugs?: readonly string[];
  plans?: readonly string[];
  where?: (tenant: RuntimeTenant) => boolean;
};

export type EachOptions = {
  /** How many at a time; 4 unless told. */
  concurrency?: number;
  /** No more tenants are begun once it is aborted. */
  signal?: AbortSignal;
};

/** What became of the work for each tenant. */
export type EachResult = {
  done: number;
  /** Tenants that stopped being active before it was their turn. */
  skipped: number;
  failed: { tenantId: string; slug: string; error: unknown }[];
  /** Whether the signal ended it before the last tenant. */
  stopped: boolean;
};

type Parts = {
  registry: pg.Pool;
  resolver: Resolver;
  run: <Result>(tenant: RuntimeTenant, work: () => Result) => Result;
};

/** Does some work for each active tenant, a few at a time; it goes on after a failure and tells of all at the end. */
export async function eachTenant(
  { registry, resolver, run }: Parts,
  filter: TenantFilter,
  work: (tenant: RuntimeTenant) => unknown,
  { concurrency = 4, signal }: EachOptions = {},
): Promise<EachResult> {
  const result: EachResult = { done: 0, skipped: 0, failed: [], stopped: false };
  const { where = () => true } = filter;
  const tenants = activeTenants(registry, filter);
  const one = async ({ id, slug }: RuntimeTenant) => {
    try {
      const tenant = admit(await resolver.byId(id));
      await run(tenant, async () => await work(tenant));
      result.done++;
    } catch (error) {
      if (error instanceof TenantRefusal && error.tenantId === id) result.skipped++;
      else result.failed.push({ tenantId: id, slug, error });
    }
  };
  const worker = async () => {
    for (;;) {
      const { value, done } = await tenants.next();
      if (done) return;
      if (signal?.aborted) {
        result.stopped = true;
        return;
      }
      if (where(value)) await one(value);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.max(1, concurrency) }, worker));
  for (const each of ended) if (each.status === "rejected") throw each.reason;
  return result;
}
