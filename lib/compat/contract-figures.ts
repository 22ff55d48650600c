import { z } from "zod";
import { declared, tenantId, time } from "./contract-endpoint";
import { compatTenant } from "./contract-tenants";

/** A measured value; null where it is unknown. */
export const figure = z.number().nullable();
/** What artflow answers and nobody measures here. */
export const unmeasured = z.null().describe("not measured here");

export const counts = z.object({
  ...{ total_tenants: z.int(), active_tenants: z.int(), inactive_tenants: z.int(), suspended_tenants: z.int() },
  ...{ blocked_tenants: z.int(), total_domains: z.int(), total_databases: z.int() },
});

export const load = z.object({
  cpu_percent: figure.describe("of one core, all tenants"),
  memory_mb: figure.describe("all tenants' backends, MiB"),
  storage_mb: figure.describe("all tenants, MiB"),
  requests_per_second: figure,
  transactions_per_second: figure,
  total_connections: figure,
  cache_hit_ratio: figure.describe("0 to 1"),
  measured_at: time.nullable(),
});

const read = { method: "GET", access: "metrics:read", scoped: true } as const;

export const stats = declared({
  ...read,
  id: "stats",
  path: "/tenancy/stats",
  summary: "Count tenants, in artflow's form.",
  input: z.object({}),
  data: counts,
});

export const liveStats = declared({
  ...{ ...read, id: "liveStats", path: "/tenancy/live-stats", input: z.object({}) },
  summary: "Counts and newest figures, in artflow's form.",
  data: counts.extend(load.shape),
});

export const performance = declared({
  ...{ ...read, id: "performance", path: "/tenancy/performance" },
  summary: "Newest figures of the fleet, in artflow's form; what it made up is null.",
  input: z.object({ period: z.string().max(20).optional().describe("taken, and without meaning here") }),
  data: load.extend({ response_time: unmeasured, throughput: figure, error_rate: unmeasured, uptime: unmeasured }),
});

export const connections = z.object({
  ...{ total_connections: figure, active_connections: figure, sleeping_connections: figure, idle_connections: figure },
  max_connections: figure,
  measured_at: time,
});

const counting = (id: string, path: `/${string}`) =>
  declared({
    ...{ ...read, id, path, input: z.object({}), data: connections },
    summary: "Connections to the servers, asked now, in artflow's form.",
  });

export const connectionStats = counting("connectionStats", "/tenancy/connection-stats");
export const monitoringConnections = counting("monitoring.connections", "/admin/monitoring/connections");

export const activeUsers = declared({
  ...{ ...read, id: "activeUsers", path: "/tenancy/active-users", input: z.object({}) },
  summary: "What artflow made up about users: all null.",
  data: z.object({
    total_active_users: unmeasured,
    users_last_hour: unmeasured,
    users_last_day: unmeasured,
    peak_concurrent: unmeasured,
  }),
});

const showing = (id: string, path: `/${string}`) =>
  declared({
    ...{ ...read, id, path, access: "tenants:read" },
    summary: "Counts, newest tenants and newest figures, in artflow's form.",
    input: z.object({ refresh: z.string().max(10).optional().describe("taken: nothing is cached anyway") }),
    data: z.object({
      summary: counts.extend({ total_connections: figure }),
      recent_activity: z.object({ recent_tenants: z.array(compatTenant), recently_accessed: z.array(z.never()) }),
      performance: load,
    }),
  });

export const dashboard = showing("dashboard", "/tenancy/dashboard");
export const monitoringDashboard = showing("monitoring.dashboard", "/admin/monitoring/dashboard");

export const systemStats = declared({
  ...{ ...read, id: "monitoring.system", path: "/admin/monitoring/system-stats" },
  summary: "Counts and newest figures, in artflow's form.",
  input: z.object({ cache_ttl: z.string().max(10).optional().describe("taken: nothing is cached anyway") }),
  data: z.object({
    timestamp: time,
    system: unmeasured,
    database: unmeasured,
    tenants: counts,
    performance: load,
    connections,
  }),
});

export const tenantStats = z.object({
  ...{ tenant_id: z.uuid(), tenant_name: z.string(), status: z.string(), primary_domain: z.string().nullable() },
  ...{ database_name: z.string(), last_accessed_at: unmeasured },
  database_stats: z.object({ tables_count: unmeasured, total_size_mb: figure, connections: figure }),
  measured_at: time.nullable(),
});

export const allTenantStats = declared({
  ...{
    id: "monitoring.tenants",
    method: "GET",
    path: "/admin/monitoring/tenant-stats",
    access: "tenants:read",
    scoped: true,
  },
  summary: "Newest figures of tenants, a page at a time, in artflow's form.",
  input: z.object({
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    per_page: z.coerce.number().int().min(1).max(200).default(200),
  }),
  data: z.array(tenantStats),
});

export const oneTenantStats = declared({
  ...{
    id: "monitoring.tenant",
    method: "GET",
    path: "/admin/monitoring/tenant-stats/{id}",
    access: "tenants:read",
    scoped: true,
  },
  summary: "Newest figures of a tenant, in artflow's form.",
  input: z.object(tenantId),
  data: tenantStats,
});

/** Counts and newest figures. */
export const figureEndpointContracts = [
  ...[stats, liveStats, performance, activeUsers, systemStats, allTenantStats, oneTenantStats],
  ...[connectionStats, monitoringConnections, dashboard, monitoringDashboard],
];
