import * as access from "@/lib/access/contract";
import * as accounts from "@/lib/accounts/contract";
import * as audit from "@/lib/audit/contract";
import * as keys from "@/lib/keys/contract";
import * as metrics from "@/lib/metrics/contract";
import * as servers from "@/lib/servers/contract";
import * as tenants from "@/lib/tenants/contract";

/** Every contract of the product: what OpenAPI, the typed client and the tests read. */
export const contracts = [
  accounts.showSetUpContract,
  accounts.setUpOwnerContract,
  accounts.startEnrolmentContract,
  accounts.confirmEnrolmentContract,
  accounts.showSessionContract,
  servers.listServersContract,
  servers.addServerContract,
  servers.listServerDatabasesContract,
  tenants.listTenantsContract,
  tenants.createTenantContract,
  tenants.adoptTenantContract,
  tenants.showTenantContract,
  tenants.editTenantContract,
  tenants.removeTenantContract,
  tenants.setTenantStatusContract,
  tenants.resumeTenantContract,
  tenants.listTenantStepsContract,
  tenants.listActivitiesContract,
  access.listUsersContract,
  access.editUserContract,
  access.setUserActiveContract,
  access.resetSecondFactorContract,
  access.makePasswordLinkContract,
  access.endUserSessionsContract,
  access.listInvitationsContract,
  access.inviteContract,
  access.withdrawInvitationContract,
  access.showInvitationContract,
  access.acceptInvitationContract,
  access.showPasswordLinkContract,
  access.usePasswordLinkContract,
  access.listRolesContract,
  access.saveRoleContract,
  access.removeRoleContract,
  keys.listKeysContract,
  keys.createKeyContract,
  keys.revokeKeyContract,
  keys.listIpRulesContract,
  keys.addIpRuleContract,
  keys.removeIpRuleContract,
  audit.listAuditContract,
  audit.verifyAuditContract,
  audit.auditSignerContract,
  audit.exportAuditContract,
  metrics.overviewContract,
  metrics.fleetSeriesContract,
  metrics.tenantSeriesContract,
  metrics.liveStreamContract,
] as const;
