import type pg from "pg";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { log } from "@/lib/platform/log";
import { listen } from "@/lib/platform/notify";
import { bindTenant, currentTenant, runInTenant, runOutsideTenant } from "./context";
import type { PoolStats } from "./counts";
import { explainLoss } from "./loss";
import { type PoolLimits, TenantPools } from "./pools";
import { admit } from "./refusal";
import { findTenant, registryPool } from "./registry";
import { RequestCounter } from "./requests";
import { createResolver, type Resolver, type ResolverStats } from "./resolve";
import type { RuntimeTenant } from "./tenant";
import { lend, type TenantClient } from "./tenant-client";

export type RuntimeOptions = {
  /** The app's name, which the console shows among the processes; "app" unless told. */
  app?: string;
  /** The domain under which each tenant has `{slug}.<base>`; localhost unless told. */
  baseDomain?: string;
  pools?: PoolLimits;
  /** Milliseconds after which a tenant is looked up again although no change was announced; 15,000 unless told. */
  recheckMs?: number;
  /** Another clock than the machine's, such as a test's. */
  clock?: Clock;
  /** Closes the runtime when aborted. */
  signal?: AbortSignal;
};

/** What a platform's app uses: from a request's host to that tenant's database, and to no other. */
export type Runtime = {
  /** The active tenant at a Host header. Throws `TenantRefusal` (404, 403 or 503) for everything else. */
  resolve: (hostHeader: string | undefined) => Promise<RuntimeTenant>;
  /** Runs code as a tenant; contexts nest and never mix. */
  runInTenant: <Result>(tenant: RuntimeTenant, work: () => Result) => Result;
  /** The same for the id that a job carries. Throws `TenantRefusal` unless that tenant is active. */
  runInTenantById: <Result>(id: string, work: () => Result | Promise<Result>) => Promise<Result>;
  /** Runs the platform's own code, for no tenant, from within a tenant's context. */
  runOutsideTenant: <Result>(work: () => Result) => Result;
  /** Binds a callback to the tenant of the running code, whoever calls it later. */
  bindTenant: typeof bindTenant;
  /** The tenant of the running code; throws outside `runInTenant`. */
  currentTenant: () => RuntimeTenant;
  /** One statement on the current tenant's database. */
  query: <Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    parameters?: readonly unknown[],
  ) => Promise<pg.QueryResult<Row>>;
  /** Several statements on one connection to the current tenant's database, such as a transaction. */
  withClient: <Result>(work: (client: TenantClient) => Promise<Result>) => Promise<Result>;
  /** Counts one request: its tenant, response time in milliseconds, and whether the server failed (5xx). */
  observe: (tenantId: string, durationMs: number, failed: boolean) => void;
  stats: () => PoolStats & ResolverStats;
  /** Writes the last counts and closes every connection; work under way gets `graceMs` (5000 unless told). */
  close: (graceMs?: number) => Promise<void>;
};

/** Starts a runtime of this process on the control database of `DATABASE_URL`. */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const { baseDomain = "localhost", pools: limits = {}, recheckMs = 15_000, clock = systemClock, signal } = options;
  const registry = registryPool();
  const resolver = createResolver({ find: (query) => findTenant(registry, query), baseDomain, clock, recheckMs });
  const pools = new TenantPools(limits, clock, async (id) => {
    resolver.changed(id);
    return await resolver.byId(id);
  });
  const counter = new RequestCounter(registry, clock);
  const stopped = new AbortController();
  follow(resolver, pools, stopped.signal);

  const withClient: Runtime["withClient"] = async (work) => {
    const { id } = currentTenant();
    try {
      return await lendOne(pools, admit(await resolver.byId(id)), work);
    } catch (error) {
      throw await explainLoss(error, id, resolver);
    }
  };
  let closing: Promise<void> | undefined;
  const close = (graceMs = 5000) => {
    closing ??= (async () => {
      stopped.abort();
      await pools.close(graceMs);
      await counter.close();
      await registry.end();
    })();
    return closing;
  };
  if (signal?.aborted) void close();
  signal?.addEventListener("abort", () => void close(), { once: true });
  return {
    resolve: resolver.resolve,
    runInTenant,
    runInTenantById: async (id, work) => await runInTenant(admit(await resolver.byId(id)), work),
    runOutsideTenant,
    bindTenant,
    currentTenant,
    query: (text, parameters) => withClient((client) => client.query(text, parameters)),
    withClient,
    observe: (tenantId, durationMs, failed) => counter.observe(tenantId, durationMs, failed),
    stats: () => ({ ...pools.stats(), ...resolver.stats() }),
    close,
  };
}

async function lendOne<Result>(
  pools: TenantPools,
  tenant: RuntimeTenant,
  work: (client: TenantClient) => Promise<Result>,
): Promise<Result> {
  const lease = await pools.acquire(tenant);
  const { client, revoke } = lend(lease.client, tenant.id);
  try {
    return await work(client);
  } finally {
    revoke();
    lease.release();
  }
}

/** Follows announcements of changed tenants; after a lost connection everything is looked up again. */
function follow(resolver: Resolver, pools: TenantPools, signal: AbortSignal): void {
  const renew = async (id: string) => {
    const tenant = await resolver.byId(id);
    if (tenant?.status !== "active" || pools.differs(tenant)) pools.retire(id);
  };
  const onMessage = (_channel: string, id: string) => {
    resolver.changed(id);
    if (!pools.has(id)) return;
    renew(id).catch((error: unknown) => log().warn({ error: String(error), tenant: id }, "a change was not followed"));
  };
  listen(["tenantry_tenant"], { onMessage, onConnected: () => resolver.missed() }, signal);
}
