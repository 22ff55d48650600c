import { acceptInvitation } from "@/lib/access/accept-invitation";
import { editUser } from "@/lib/access/edit-user";
import { endUserSessions } from "@/lib/access/end-user-sessions";
import { invite } from "@/lib/access/invite";
import { listInvitations } from "@/lib/access/list-invitations";
import { listRoles } from "@/lib/access/list-roles";
import { listUsers } from "@/lib/access/list-users";
import { makePasswordLink } from "@/lib/access/make-password-link";
import { removeRole } from "@/lib/access/remove-role";
import { resetSecondFactor } from "@/lib/access/reset-second-factor";
import { saveRole } from "@/lib/access/save-role";
import { setUserActive } from "@/lib/access/set-user-active";
import { showInvitation } from "@/lib/access/show-invitation";
import { showPasswordLink } from "@/lib/access/show-password-link";
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
import { showSigner } from "@/lib/audit/show-signer";
import { verifyAudit } from "@/lib/audit/verify-audit";
import { cancelRun } from "@/lib/bulk/cancel-run";
import { confirmRun } from "@/lib/bulk/confirm-run";
import { itemLog } from "@/lib/bulk/item-log";
import { listActions } from "@/lib/bulk/list-actions";
import { listItems } from "@/lib/bulk/list-items";
import { listRuns } from "@/lib/bulk/list-runs";
import { pauseRun } from "@/lib/bulk/pause-run";
import { planOperations } from "@/lib/bulk/plan-operations";
import { replanRun } from "@/lib/bulk/replan-run";
import { resumeRun } from "@/lib/bulk/resume-run";
import { retryRun } from "@/lib/bulk/retry-run";
import { showRun } from "@/lib/bulk/show-run";
import { undoRun } from "@/lib/bulk/undo-run";
import { addDomain } from "@/lib/domains/add-domain";
import { listDomains } from "@/lib/domains/list-domains";
import { removeDomain } from "@/lib/domains/remove-domain";
import { setPrimaryDomain } from "@/lib/domains/set-primary-domain";
import { verifyDomain } from "@/lib/domains/verify-domain";
import { vouchDomain } from "@/lib/domains/vouch-domain";
import { listTenantSchemas } from "@/lib/drift/list-tenant-schemas";
import { showSchemaOverview } from "@/lib/drift/show-schema-overview";
import { showTenantSchema } from "@/lib/drift/show-tenant-schema";
import { listFilters } from "@/lib/filters/list-filters";
import { removeFilter } from "@/lib/filters/remove-filter";
import { saveFilter } from "@/lib/filters/save-filter";
import { listAnomalies } from "@/lib/forecast/anomalies";
import { showCapacity } from "@/lib/forecast/capacity";
import { forecast } from "@/lib/forecast/forecast";
import { showNeighbours } from "@/lib/forecast/neighbours";
import type { AnyOperation } from "@/lib/gate/operation";
import { showHistory } from "@/lib/history/show-history";
import { checkIsolation } from "@/lib/isolation/check-isolation";
import { listIsolationFindings } from "@/lib/isolation/list-findings";
import { showIsolation } from "@/lib/isolation/show-overview";
import { addIpRule } from "@/lib/keys/add-ip-rule";
import { createKey } from "@/lib/keys/create-key";
import { listIpRules } from "@/lib/keys/list-ip-rules";
import { listKeys } from "@/lib/keys/list-keys";
import { removeIpRule } from "@/lib/keys/remove-ip-rule";
import { revokeKey } from "@/lib/keys/revoke-key";
import { endMaintenance } from "@/lib/maintenance/end-maintenance";
import { showMaintenance } from "@/lib/maintenance/show-maintenance";
import { startMaintenance } from "@/lib/maintenance/start-maintenance";
import { showFleetSeries } from "@/lib/metrics/show-fleet-series";
import { showOverview } from "@/lib/metrics/show-overview";
import { showTenantSeries } from "@/lib/metrics/show-tenant-series";
import { listPools } from "@/lib/processes/list-pools";
import { listProcesses } from "@/lib/processes/list-processes";
import { showHolders } from "@/lib/processes/show-holders";
import { addServer } from "@/lib/servers/add-server";
import { editServer } from "@/lib/servers/edit-server";
import { listServerDatabases } from "@/lib/servers/list-server-databases";
import { listServers } from "@/lib/servers/list-servers";
import { endSupport } from "@/lib/support/end-support";
import { listSupport } from "@/lib/support/list-support";
import { openSupport } from "@/lib/support/open-support";
import { adoptTenant } from "@/lib/tenants/adopt-tenant";
import { createTenant } from "@/lib/tenants/create-tenant";
import { editTenant } from "@/lib/tenants/edit-tenant";
import { listActivities } from "@/lib/tenants/list-activities";
import { listTenantSteps } from "@/lib/tenants/list-tenant-steps";
import { listTenants } from "@/lib/tenants/list-tenants";
import { removeTenant } from "@/lib/tenants/remove-tenant";
import { restoreTenant } from "@/lib/tenants/restore-tenant";
import { resumeTenant } from "@/lib/tenants/resume-tenant";
import { setTenantStatus } from "@/lib/tenants/set-tenant-status";
import { showTenant } from "@/lib/tenants/show-tenant";
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
  addServer,
  editServer,
  listServerDatabases,
  listTenants,
  createTenant,
  adoptTenant,
  tenantFacets,
  showTenant,
  editTenant,
  removeTenant,
  restoreTenant,
  setTenantStatus,
  resumeTenant,
  listTenantSteps,
  listActivities,
  showMaintenance,
  startMaintenance,
  endMaintenance,
  openSupport,
  listSupport,
  endSupport,
  listDomains,
  addDomain,
  verifyDomain,
  vouchDomain,
  setPrimaryDomain,
  removeDomain,
  listFilters,
  saveFilter,
  removeFilter,
  listActions,
  ...planOperations,
  listRuns,
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
  editUser,
  setUserActive,
  resetSecondFactor,
  makePasswordLink,
  endUserSessions,
  listInvitations,
  invite,
  withdrawInvitation,
  showInvitation,
  acceptInvitation,
  showPasswordLink,
  usePasswordLink,
  listRoles,
  saveRole,
  removeRole,
  listKeys,
  createKey,
  revokeKey,
  listIpRules,
  addIpRule,
  removeIpRule,
  listAudit,
  verifyAudit,
  showSigner,
  showSchemaOverview,
  listTenantSchemas,
  showTenantSchema,
  showIsolation,
  listIsolationFindings,
  checkIsolation,
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
];
