import type { IncomingMessage, ServerResponse } from "node:http";
import { type Clock, systemClock } from "@/lib/kernel/clock";
import { env } from "@/lib/platform/env";
import { openRedis } from "@/lib/platform/redis";
import { type Access, createAccess } from "./access";
import { type Admission, type AdmissionOptions, createAdmitter } from "./admission";
import { type Bootstrapper, runPrepared, tenantState } from "./bootstrap";
import { bindTenant, currentTenant, runOutsideTenant, tenantHere } from "./context";
import type { PoolStats } from "./counts";
import { type EachOptions, type EachResult, eachTenant, type TenantFilter } from "./each-tenant";
import { follow } from "./follow";
import { createHandler, type HandlerOptions, type TenantListener } from "./handler";
import { packJob, runJob, type TenantJob } from "./jobs";
import type { PoolLimits } from "./pool-limits";
import { TenantPools } from "./pools";
import { createRedisLayer } from "./redis-layer";
import { admit } from "./refusal";
import { findTenant, registryPool } from "./registry";
import { Reporter } from "./report";
import type { AppRequest } from "./request";
import { RequestCounter } from "./requests";
import { createResolver, type ResolverStats } from "./resolve";
import { type SignIn, SignInLog } from "./sign-ins";
import { createSupport, type Support } from "./support";
import type { RuntimeTenant } from "./tenant";

export type RuntimeOptions = AdmissionOptions & {
  /** The app's name, which the console shows among the processes; "app" unless told. */
  app?: string;
  pools?: PoolLimits;
  /** Milliseconds after which a tenant is looked up again although no change was announced; 15,000 unless told. */
  recheckMs?: number;
  /** Another clock than the machine's, such as a test's. */
  clock?: Clock;
  /** What is prepared for each context, see `tenantState`. */
  bootstrappers?: readonly Bootstrapper[];
  /** Closes the runtime when aborted. */
  signal?: AbortSignal;
};

/** What a platform's app uses: from a request's host to that tenant's database, and to no other. */
export type Runtime = Access & {
  /**
   * Whose a request is, and that it may be served: Node's request, a Fetch Request, or the same said plainly. Throws
   * `TenantRefusal` with the status to answer (404, 403, 503, or 302 with a location) for everything else.
   */
  admit: (request: AppRequest) => Promise<Admission>;
  /** A listener for Node's server: it admits, runs `work` in the tenant's context, counts, and answers what goes wrong. */
  handler: (
    work: TenantListener,
    options?: HandlerOptions,
  ) => (request: IncomingMessage, response: ServerResponse) => void;
  /** The active tenant at a Host header, whatever maintenance tells its visitors. Throws `TenantRefusal` for everything else. */
  resolve: (hostHeader: string | undefined) => Promise<RuntimeTenant>;
  /** Runs code as a tenant; contexts nest and never mix. */
  runInTenant: <Result>(tenant: RuntimeTenant, work: () => Result) => Result;
  /** The same for the id that a job carries. Throws `TenantRefusal` unless that tenant is active. */
  runInTenantById: <Result>(id: string, work: () => Result | Promise<Result>) => Promise<Result>;
  /** Runs the platform's own code, for no tenant, from within a tenant's context. */
  runOutsideTenant: <Result>(work: () => Result) => Result;
  /** Some work for each active tenant, a few at a time. It goes on after failures and tells of them at the end. */
  forEachTenant: (
    filter: TenantFilter,
    work: (tenant: RuntimeTenant) => unknown,
    options?: EachOptions,
  ) => Promise<EachResult>;
  /** Wraps a job's data with the id of the tenant of the running code, for a queue. */
  packJob: typeof packJob;
  /** Runs a job for the tenant that packed it. Throws `TenantRefusal` unless that one is active. */
  runJob: <Data, Result>(job: TenantJob<Data>, work: (data: Data) => Result | Promise<Result>) => Promise<Result>;
  /** What a bootstrapper prepared for the running code's context. */
  tenantState: typeof tenantState;
  /** Binds a callback to the tenant of the running code, whoever calls it later. */
  bindTenant: typeof bindTenant;
  /** The tenant of the running code; throws outside `runInTenant`. */
  currentTenant: () => RuntimeTenant;
  /** An operator's way in with a link of the console; `handler` does this by itself. */
  support: Pick<Support, "redeem" | "session" | "end">;
  /** Counts one request: its tenant, response time in milliseconds, and whether the server failed (5xx). */
  observe: (tenantId: string, durationMs: number, failed: boolean) => void;
  /**
   * Tells that a user of the running code's tenant signed in, or could not: shown on the tenant's timeline. Returns at once
   * and never throws; of a flood, sixty a minute are told one by one and the others as a number.
   */
  recordSignIn: (signIn: SignIn) => void;
  stats: () => PoolStats & ResolverStats;
  /** Writes the last counts and closes every connection; work under way gets `graceMs` (5000 unless told). */
  close: (graceMs?: number) => Promise<void>;
};

/**
 * Starts a runtime of this process on the control database of `TENANTRY_DATABASE_URL`, with the console's
 * `TENANTRY_SECRET_KEY`. (Tenantry's own processes, such as the sample app, have it as `DATABASE_URL`.)
 */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const {
    app = "app",
    pools: limits = {},
    recheckMs = 15_000,
    clock = systemClock,
    signal,
    bootstrappers = [],
  } = options;
  const registry = registryPool();
  const { REDIS_URL: redisUrl } = env();
  const connection = redisUrl === undefined ? null : openRedis(redisUrl);
  const redis = connection && createRedisLayer({ redis: connection, clock, recheckMs });
  const resolver = createResolver({ find: (name) => findTenant(registry, name), redis, clock, recheckMs });
  const support = createSupport({ registry, clock });
  const admitter = createAdmitter(options, { resolver, support, clock });
  const pools = new TenantPools(limits, clock, async (id) => {
    resolver.changed(id);
    return await resolver.byId(id);
  });
  const counter = new RequestCounter(registry, clock);
  const signIns = new SignInLog(registry, app, clock);
  const read = () => ({ pools: pools.stats(), tenants: pools.perTenant(), resolver: resolver.stats() });
  const reporter = new Reporter(registry, { app, limits: pools.limits, read, clock });
  const stopped = new AbortController();
  follow({ resolver, pools, support, redis }, stopped.signal);
  const runInTenant: Runtime["runInTenant"] = (tenant, work) => runPrepared(bootstrappers, tenant, work);
  const runInTenantById: Runtime["runInTenantById"] = async (id, work) =>
    await runInTenant(admit(await resolver.byId(id)), work);
  const observe: Runtime["observe"] = (tenantId, durationMs, failed) => counter.observe(tenantId, durationMs, failed);

  const access = createAccess({ pools, resolver });
  let closing: Promise<void> | undefined;
  const close = (graceMs = 5000) => {
    closing ??= (async () => {
      stopped.abort();
      await pools.close(graceMs);
      await counter.close();
      await signIns.close();
      await reporter.close();
      connection?.destroy();
      await registry.end();
    })();
    return closing;
  };
  if (signal?.aborted) void close();
  signal?.addEventListener("abort", () => void close(), { once: true });
  return {
    admit: admitter.admit,
    handler: (work, wanted) => createHandler({ admitter, support, run: runInTenant, observe }, work, wanted),
    resolve: admitter.resolve,
    runInTenant,
    runInTenantById,
    forEachTenant: (filter, work, wanted) => eachTenant({ registry, resolver, run: runInTenant }, filter, work, wanted),
    packJob,
    runJob: (job, work) => runJob(runInTenantById, job, work),
    tenantState,
    runOutsideTenant,
    bindTenant,
    currentTenant,
    ...access,
    support,
    observe,
    recordSignIn: (signIn) => signIns.record(tenantHere()?.id, signIn),
    stats: () => ({ ...pools.stats(), ...resolver.stats() }),
    close,
  };
}
