import { acceptInvitation } from "@/lib/access/accept-invitation";
import { editUser } from "@/lib/access/edit-user";
import { endUserSessions } from "@/lib/access/end-user-sessions";
import { invite } from "@/lib/access/invite";
import { listInvitations } from "@/lib/access/list-invitations";
import { listRoles } from "@/lib/access/list-roles";
import { listUserSessions } from "@/lib/access/list-user-sessions";
import { listUsers } from "@/lib/access/list-users";
import { makePasswordLink } from "@/lib/access/make-password-link";
import { removeRole } from "@/lib/access/remove-role";
import { resetSecondFactor } from "@/lib/access/reset-second-factor";
import { saveRole } from "@/lib/access/save-role";
import { setUserActive } from "@/lib/access/set-user-active";
import { showInvitation } from "@/lib/access/show-invitation";
import { showOpenInvitation } from "@/lib/access/show-open-invitation";
import { showPasswordLink } from "@/lib/access/show-password-link";
import { showRole } from "@/lib/access/show-role";
import { showUser } from "@/lib/access/show-user";
import { usePasswordLink } from "@/lib/access/use-password-link";
import { withdrawInvitation } from "@/lib/access/withdraw-invitation";
import { addPasskey } from "@/lib/accounts/add-passkey";
import { changeAuthenticator } from "@/lib/accounts/change-authenticator";
import { changePassword } from "@/lib/accounts/change-password";
import { confirmEnrolment } from "@/lib/accounts/confirm-enrolment";
import { endAllSessions } from "@/lib/accounts/end-all-sessions";
import { endOwnSession } from "@/lib/accounts/end-session";
import { listSessions } from "@/lib/accounts/list-sessions";
import { proveStepUp } from "@/lib/accounts/prove-step-up";
import { removePasskey } from "@/lib/accounts/remove-passkey";
import { renewRecoveryCodes } from "@/lib/accounts/renew-recovery-codes";
import { setUpOwner } from "@/lib/accounts/set-up-owner";
import { showAccount } from "@/lib/accounts/show-account";
import { showPasskeyChallenge } from "@/lib/accounts/show-passkey-challenge";
import { showSession } from "@/lib/accounts/show-session";
import { showSetUp } from "@/lib/accounts/show-set-up";
import { signOut } from "@/lib/accounts/sign-out";
import { startAuthenticator } from "@/lib/accounts/start-authenticator";
import { startEnrolment } from "@/lib/accounts/start-enrolment";
import { startPasskey } from "@/lib/accounts/start-passkey";
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
import { listAudit } from "@/lib/audit/list-audit";
import { showAuditEvent } from "@/lib/audit/show-event";
import { showSigner } from "@/lib/audit/show-signer";
import { verifyAudit } from "@/lib/audit/verify-audit";
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
import { compatOperations } from "@/lib/compat/api/endpoints";
import { importRegistryRows } from "@/lib/compat/import-rows";
import { addDomain } from "@/lib/domains/add-domain";
import { listDomains } from "@/lib/domains/list-domains";
import { removeDomain } from "@/lib/domains/remove-domain";
import { setPrimaryDomain } from "@/lib/domains/set-primary-domain";
import { showDomain } from "@/lib/domains/show-domain";
import { verifyDomain } from "@/lib/domains/verify-domain";
import { vouchDomain } from "@/lib/domains/vouch-domain";
import { listTenantSchemas } from "@/lib/drift/list-tenant-schemas";
import { showSchemaOverview } from "@/lib/drift/show-schema-overview";
import { showTenantSchema } from "@/lib/drift/show-tenant-schema";
import { editFilter } from "@/lib/filters/edit-filter";
import { listFilters } from "@/lib/filters/list-filters";
import { removeFilter } from "@/lib/filters/remove-filter";
import { saveFilter } from "@/lib/filters/save-filter";
import { showFilter } from "@/lib/filters/show-filter";
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
import { addIpRule } from "@/lib/keys/add-ip-rule";
import { createKey } from "@/lib/keys/create-key";
import { editIpRule } from "@/lib/keys/edit-ip-rule";
import { editKey } from "@/lib/keys/edit-key";
import { listIpRules } from "@/lib/keys/list-ip-rules";
import { listKeys } from "@/lib/keys/list-keys";
import { removeIpRule } from "@/lib/keys/remove-ip-rule";
import { revokeKey } from "@/lib/keys/revoke-key";
import { showCaller } from "@/lib/keys/show-caller";
import { showIpRule } from "@/lib/keys/show-ip-rule";
import { showKey } from "@/lib/keys/show-key";
import { endMaintenance } from "@/lib/maintenance/end-maintenance";
import { showMaintenance } from "@/lib/maintenance/show-maintenance";
import { startMaintenance } from "@/lib/maintenance/start-maintenance";
import { showFleetSeries } from "@/lib/metrics/show-fleet-series";
import { showOverview } from "@/lib/metrics/show-overview";
import { showTenantSeries } from "@/lib/metrics/show-tenant-series";
import { showConnections } from "@/lib/monitoring/show-connections";
import { showDashboard } from "@/lib/monitoring/show-dashboard";
import { showHosts } from "@/lib/monitoring/show-hosts";
import { showLive } from "@/lib/monitoring/show-live";
import { showMemoryNow } from "@/lib/monitoring/show-memory";
import { showPerformanceNow } from "@/lib/monitoring/show-performance";
import { listPools } from "@/lib/processes/list-pools";
import { listProcesses } from "@/lib/processes/list-processes";
import { showHolders } from "@/lib/processes/show-holders";
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
import { clearCaches } from "@/lib/system/clear-caches";
import { listCaches } from "@/lib/system/list-caches";
import { showHealth } from "@/lib/system/show-health";
import { showSystem } from "@/lib/system/show-system";
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

/** Every operation of the product, by its id. */
export const catalog: readonly AnyOperation[] = [
  showSetUp,
  setUpOwner,
  startEnrolment,
  confirmEnrolment,
  showSession,
  signOut,
  proveStepUp,
  showPasskeyChallenge,
  showAccount,
  changePassword,
  renewRecoveryCodes,
  listSessions,
  endOwnSession,
  endAllSessions,
  startAuthenticator,
  changeAuthenticator,
  startPasskey,
  addPasskey,
  removePasskey,
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
  listUsers,
  showUser,
  listUserSessions,
  editUser,
  setUserActive,
  resetSecondFactor,
  makePasswordLink,
  endUserSessions,
  listInvitations,
  showOpenInvitation,
  invite,
  withdrawInvitation,
  showInvitation,
  acceptInvitation,
  showPasswordLink,
  usePasswordLink,
  listRoles,
  showRole,
  saveRole,
  removeRole,
  listKeys,
  showKey,
  createKey,
  editKey,
  revokeKey,
  showCaller,
  listIpRules,
  showIpRule,
  addIpRule,
  editIpRule,
  removeIpRule,
  listAudit,
  showAuditEvent,
  verifyAudit,
  showSigner,
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
  importRegistryRows,
  ...compatOperations,
  listProblems,
  showProblem,
];
