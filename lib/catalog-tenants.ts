import { cancelRun } from "@/lib/bulk/cancel-run";
import { confirmRun } from "@/lib/bulk/confirm-run";
import { itemLog } from "@/lib/bulk/item-log";
import { listActions } from "@/lib/bulk/list-actions";
import { listItems } from "@/lib/bulk/list-items";
import { listRuns } from "@/lib/bulk/list-runs";
import { listTenantRuns } from "@/lib/bulk/list-tenant-runs";
import { pauseRun } from "@/lib/bulk/pause-run";
import { planOperations } from "@/lib/bulk/plan-operations";
import { replanRun } from "@/lib/bulk/replan-run";
import { resumeRun } from "@/lib/bulk/resume-run";
import { retryRun } from "@/lib/bulk/retry-run";
import { showRun } from "@/lib/bulk/show-run";
import { tenantOperations } from "@/lib/bulk/tenant-operations";
import { undoRun } from "@/lib/bulk/undo-run";
import { addDomain } from "@/lib/domains/add-domain";
import { listDomains } from "@/lib/domains/list-domains";
import { removeDomain } from "@/lib/domains/remove-domain";
import { setPrimaryDomain } from "@/lib/domains/set-primary-domain";
import { showDomain } from "@/lib/domains/show-domain";
import { verifyDomain } from "@/lib/domains/verify-domain";
import { vouchDomain } from "@/lib/domains/vouch-domain";
import { editFilter } from "@/lib/filters/edit-filter";
import { listFilters } from "@/lib/filters/list-filters";
import { removeFilter } from "@/lib/filters/remove-filter";
import { saveFilter } from "@/lib/filters/save-filter";
import { showFilter } from "@/lib/filters/show-filter";
import type { AnyOperation } from "@/lib/gate/operation";
import { endMaintenance } from "@/lib/maintenance/end-maintenance";
import { showMaintenance } from "@/lib/maintenance/show-maintenance";
import { startMaintenance } from "@/lib/maintenance/start-maintenance";
import { addServer } from "@/lib/servers/add-server";
import { checkServer } from "@/lib/servers/check-server";
import { editServer } from "@/lib/servers/edit-server";
import { listServerDatabases } from "@/lib/servers/list-server-databases";
import { listServers } from "@/lib/servers/list-servers";
import { removeServer } from "@/lib/servers/remove-server";
import { showServer } from "@/lib/servers/show-server";
import { endSupport } from "@/lib/support/end-support";
import { listSupport } from "@/lib/support/list-support";
import { openSupport } from "@/lib/support/open-support";
import { adoptTenant } from "@/lib/tenants/adopt-tenant";
import { createTenant } from "@/lib/tenants/create-tenant";
import { editTenantSettings } from "@/lib/tenants/edit-settings";
import { editTenant } from "@/lib/tenants/edit-tenant";
import { listActivities } from "@/lib/tenants/list-activities";
import { listTenantActivities } from "@/lib/tenants/list-tenant-activities";
import { listTenantSteps } from "@/lib/tenants/list-tenant-steps";
import { listTenants } from "@/lib/tenants/list-tenants";
import { removeTenant } from "@/lib/tenants/remove-tenant";
import { restoreTenant } from "@/lib/tenants/restore-tenant";
import { resumeTenant } from "@/lib/tenants/resume-tenant";
import { setTenantStatus } from "@/lib/tenants/set-tenant-status";
import { showTenantSettings } from "@/lib/tenants/show-settings";
import { showTenant } from "@/lib/tenants/show-tenant";
import { showTenantBySlug } from "@/lib/tenants/show-tenant-by-slug";
import { showTenantUsage } from "@/lib/tenants/show-usage";
import { tenantFacets } from "@/lib/tenants/tenant-facets";

/** Servers, tenants and what belongs to them, and the bulk runs over them. */
export const tenantsOperations: readonly AnyOperation[] = [
  listServers,
  showServer,
  addServer,
  editServer,
  removeServer,
  checkServer,
  listServerDatabases,
  listTenants,
  createTenant,
  adoptTenant,
  tenantFacets,
  showTenant,
  showTenantBySlug,
  editTenant,
  removeTenant,
  restoreTenant,
  setTenantStatus,
  resumeTenant,
  listTenantSteps,
  listActivities,
  listTenantActivities,
  showTenantUsage,
  showTenantSettings,
  editTenantSettings,
  showMaintenance,
  startMaintenance,
  endMaintenance,
  openSupport,
  listSupport,
  endSupport,
  listDomains,
  showDomain,
  addDomain,
  verifyDomain,
  vouchDomain,
  setPrimaryDomain,
  removeDomain,
  listFilters,
  showFilter,
  saveFilter,
  editFilter,
  removeFilter,
  listActions,
  ...planOperations,
  ...tenantOperations,
  listRuns,
  listTenantRuns,
  showRun,
  listItems,
  itemLog,
  confirmRun,
  replanRun,
  pauseRun,
  resumeRun,
  cancelRun,
  retryRun,
  undoRun,
];
