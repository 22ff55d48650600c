import type { AnyTableShape } from "./contract-table";
import * as access from "./contract-tables-access";
import * as analytics from "./contract-tables-analytics";
import { auditTable } from "./contract-tables-audit";
import * as fleet from "./contract-tables-fleet";
import * as runs from "./contract-tables-runs";
import * as tenants from "./contract-tables-tenants";

/** Every table that can be had as CSV: its name, words, columns and the contract of its download. */
export const tableShapes: readonly AnyTableShape[] = [
  tenants.tenantsTable,
  tenants.usageTable,
  tenants.activitiesTable,
  tenants.domainsTable,
  tenants.tenantSchemasTable,
  runs.bulkRunsTable,
  runs.bulkItemsTable,
  analytics.tenantUseTable,
  analytics.fleetUseTable,
  analytics.performanceTable,
  analytics.compareTable,
  analytics.heatmapTable,
  analytics.growthTable,
  analytics.fastestGrowingTable,
  analytics.signInsTable,
  analytics.signInsOverTimeTable,
  analytics.failingAddressesTable,
  analytics.anomaliesTable,
  analytics.forecastsTable,
  analytics.capacityTable,
  analytics.neighboursTable,
  fleet.serversTable,
  fleet.processesTable,
  fleet.poolsTable,
  fleet.migrationsTable,
  fleet.isolationServersTable,
  fleet.isolationFindingsTable,
  fleet.findingsTable,
  fleet.orphansTable,
  access.usersTable,
  access.invitationsTable,
  access.rolesTable,
  access.apiKeysTable,
  access.ipRulesTable,
  auditTable,
];

/** The contracts of all direct downloads. */
export const tableContracts = tableShapes.map(({ contract }) => contract);
