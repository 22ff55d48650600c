import { listFleetActivities } from "@/lib/analytics/activities";
import { compareTenants } from "@/lib/analytics/compare-tenants";
import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { showGrowth } from "@/lib/analytics/show-growth";
import { showHeatmap } from "@/lib/analytics/show-heatmap";
import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { showPerformance } from "@/lib/analytics/show-performance";
import { showCpuUse, showMemoryUse, showRequestsUse, showStorageUse } from "@/lib/analytics/show-resource";
import { showTenantHistory } from "@/lib/analytics/show-tenant-history";
import { listSignIns } from "@/lib/analytics/sign-ins";
import { compatOperations } from "@/lib/compat/api/endpoints";
import { importRegistryRows } from "@/lib/compat/import-rows";
import { loadDemo } from "@/lib/demo/load-demo";
import { removeDemo } from "@/lib/demo/remove-demo";
import { showDemo } from "@/lib/demo/show-demo";
import { listTenantSchemas } from "@/lib/drift/list-tenant-schemas";
import { showSchemaOverview } from "@/lib/drift/show-schema-overview";
import { showTenantSchema } from "@/lib/drift/show-tenant-schema";
import { listOrphans } from "@/lib/fleet/list-orphans";
import { mendFindings } from "@/lib/fleet/mend-findings";
import { showDiagnosis } from "@/lib/fleet/show-diagnosis";
import { listAnomalies } from "@/lib/forecast/anomalies";
import { showCapacity } from "@/lib/forecast/capacity";
import { forecast } from "@/lib/forecast/forecast";
import { showNeighbours } from "@/lib/forecast/neighbours";
import type { AnyOperation } from "@/lib/gate/operation";
import { showHistory } from "@/lib/history/show-history";
import { listProblems } from "@/lib/http/list-problems";
import { showProblem } from "@/lib/http/show-problem";
import { checkIsolation } from "@/lib/isolation/check-isolation";
import { listIsolationFindings } from "@/lib/isolation/list-findings";
import { showIsolation } from "@/lib/isolation/show-overview";
import { showFleetSeries } from "@/lib/metrics/show-fleet-series";
import { showOverview } from "@/lib/metrics/show-overview";
import { showTenantSeries } from "@/lib/metrics/show-tenant-series";
import { showConnections } from "@/lib/monitoring/show-connections";
import { showDashboard } from "@/lib/monitoring/show-dashboard";
import { showHosts } from "@/lib/monitoring/show-hosts";
import { showLive } from "@/lib/monitoring/show-live";
import { showMemoryNow } from "@/lib/monitoring/show-memory";
import { showPerformanceNow } from "@/lib/monitoring/show-performance";
import { showTenantStatements } from "@/lib/monitoring/show-statements";
import { listPools } from "@/lib/processes/list-pools";
import { listProcesses } from "@/lib/processes/list-processes";
import { showHolders } from "@/lib/processes/show-holders";
import { clearCaches } from "@/lib/system/clear-caches";
import { listCaches } from "@/lib/system/list-caches";
import { showHealth } from "@/lib/system/show-health";
import { showSystem } from "@/lib/system/show-system";

/** What is checked and measured of the fleet, the installation itself, and the API's own words. */
export const fleetOperations: readonly AnyOperation[] = [
  showSchemaOverview,
  listTenantSchemas,
  showTenantSchema,
  showIsolation,
  listIsolationFindings,
  checkIsolation,
  showDiagnosis,
  mendFindings,
  listOrphans,
  showLive,
  showHosts,
  showConnections,
  showPerformanceNow,
  showMemoryNow,
  showDashboard,
  showTenantStatements,
  showOverview,
  showFleetSeries,
  showTenantSeries,
  showHistory,
  forecast,
  showCapacity,
  showNeighbours,
  listAnomalies,
  listProcesses,
  listPools,
  showHolders,
  showAnalyticsOverview,
  listTenantUse,
  showTenantHistory,
  listFleetActivities,
  listSignIns,
  showMemoryUse,
  showStorageUse,
  showCpuUse,
  showRequestsUse,
  showPerformance,
  compareTenants,
  showHeatmap,
  showGrowth,
  showHealth,
  showSystem,
  listCaches,
  clearCaches,
  showDemo,
  loadDemo,
  removeDemo,
  importRegistryRows,
  ...compatOperations,
  listProblems,
  showProblem,
];
