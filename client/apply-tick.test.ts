import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { fleetMetrics, type Overview, type ServerTick } from "@/lib/metrics/contract";
import type { TenantView } from "@/lib/tenants/shapes";
import { applyTick } from "./apply-tick";
import { fleetSeriesQuery, overviewQuery, tenantQuery, tenantsQuery } from "./queries";

const one = "0190b5b0-0000-7000-8000-000000000001";
const two = "0190b5b0-0000-7000-8000-000000000002";

const tick = (serverId: string, part: Partial<ServerTick> = {}): ServerTick => ({
  id: "7",
  serverId,
  at: "2026-11-21T12:00:10.000Z",
  durationMs: 20,
  cpu: 10,
  cpuUnattributed: 1,
  memory: 100,
  memoryUnattributed: 5,
  buffers: null,
  storage: 50,
  requests: 3,
  transactions: 9,
  connections: 4,
  cpuSource: "proc",
  memorySource: "pss_anon",
  ...part,
});

const tenant = (id: string, serverId: string) =>
  ({
    id,
    server: { id: serverId, name: "s" },
    usage: { storage: { value: 8, source: "pg_database_size" } },
  }) as TenantView;

const overview = (servers: number): Overview => ({
  tenants: 2,
  counts: { provisioning: 0, active: 2, inactive: 0, suspended: 0, blocked: 0, failed: 0, deleted: 0, deleting: 0 },
  servers,
  totals: {},
  top: { cpu: [], memory: [], storage: [], requests: [] },
  health: [],
  measuredAt: null,
});

test("totals are the servers' sum, and wait until every server was heard", () => {
  const cache = new QueryClient();
  cache.setQueryData(overviewQuery().queryKey, overview(2));
  applyTick(cache, { type: "tick", tick: tick(one), changes: [] });
  expect(cache.getQueryData(overviewQuery().queryKey)?.totals).toEqual({});
  applyTick(cache, { type: "tick", tick: tick(two), changes: [] });
  const after = cache.getQueryData(overviewQuery().queryKey);
  expect(after?.totals.cpu).toEqual({ value: 20, source: "proc" });
  expect(after?.totals.buffers, "unknown stays unknown").toBeUndefined();
});

test("a tick changes the figures of its server's tenants only, and says when they were measured", () => {
  const cache = new QueryClient();
  const list = tenantsQuery({}).queryKey;
  cache.setQueryData(list, {
    tenants: [tenant("a", one), tenant("b", two)],
    next: null,
    total: 2,
    counts: overview(1).counts,
  });
  cache.setQueryData(tenantQuery("a").queryKey, tenant("a", one));
  applyTick(cache, {
    type: "tick",
    tick: tick(one),
    changes: [{ id: "a", usage: { cpu: { value: 3, source: "proc" } } }],
  });
  const [a, b] = cache.getQueryData(list)?.tenants ?? [];
  expect(a?.usage).toEqual({ storage: { value: 8, source: "pg_database_size" }, cpu: { value: 3, source: "proc" } });
  expect(a?.measuredAt).toBe("2026-11-21T12:00:10.000Z");
  expect(b?.measuredAt).toBeUndefined();
  expect(cache.getQueryData(tenantQuery("a").queryKey)?.usage.cpu?.value).toBe(3);
});

test("fleet series grow by a point", () => {
  const cache = new QueryClient();
  const series = Object.fromEntries(fleetMetrics.map((name) => [name, []]));
  const key = fleetSeriesQuery("5m").queryKey;
  cache.setQueryData<unknown>(key, { from: "", to: "", stepSeconds: 2, series, sources: { cpu: null, memory: null } });
  applyTick(cache, { type: "tick", tick: tick(one), changes: [] });
  const after = cache.getQueryData(key);
  expect(after?.series.cpu).toEqual([[Date.parse("2026-11-21T12:00:10.000Z"), 10]]);
  expect(after?.series.buffers.at(-1)?.[1]).toBeNull();
  expect(after?.to).toBe("2026-11-21T12:00:10.000Z");
});

test("a tenant that could not be read last stays so: a tick does not make it good again", async () => {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { queryKey } = tenantQuery("a");
  cache.setQueryData(queryKey, tenant("a", one));
  const refused = new Error("no longer there");
  await cache.fetchQuery({ queryKey, queryFn: () => Promise.reject(refused), staleTime: 0 }).catch(() => undefined);
  applyTick(cache, { type: "tick", tick: tick(one), changes: [] });
  expect(cache.getQueryState(queryKey)?.error).toBe(refused);
});
