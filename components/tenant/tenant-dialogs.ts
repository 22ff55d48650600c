import type { Permission } from "@/lib/kernel/permissions";
import { nextStatuses, settableStatuses, type TenantStatus } from "@/lib/tenants/shapes";
import { statusChoices } from "./status-choices";

/** The dialogs of a tenant's page, by their names in its address: `?do=suspended`. */
export const tenantDialogs = [
  "edit",
  ...settableStatuses,
  "support",
  "maintenance",
  "export-data",
  "import-data",
  "reset",
  "delete",
] as const;
export type TenantDialog = (typeof tenantDialogs)[number];

/** What each is called in a list of actions. */
export const dialogWords: Record<TenantDialog, string> = {
  edit: "Edit",
  active: statusChoices.active.verb,
  inactive: statusChoices.inactive.verb,
  suspended: statusChoices.suspended.verb,
  blocked: statusChoices.blocked.verb,
  support: "Open as support",
  maintenance: "Maintenance",
  "export-data": "Export data",
  "import-data": "Import data",
  reset: "Reset the database",
  delete: "Delete",
};

type Subject = { status: TenantStatus; adopted: boolean };

/** The dialogs that somebody with these permissions may open for a tenant as it stands. */
export function allowedDialogs({ status, adopted }: Subject, permissions: readonly Permission[]): TenantDialog[] {
  const may = (permission: Permission) => permissions.includes(permission);
  const there = status !== "deleted" && status !== "deleting";
  const settled = nextStatuses[status].length > 0;
  const data = settled && may("bulk:confirm");
  const next = may("tenants:status") ? nextStatuses[status] : [];
  const rules: Record<TenantDialog, boolean> = {
    edit: there && may("tenants:update"),
    active: next.includes("active"),
    inactive: next.includes("inactive"),
    suspended: next.includes("suspended"),
    blocked: next.includes("blocked"),
    support: status === "active" && may("tenants:support"),
    maintenance: settled && may("tenants:maintain"),
    "export-data": data && may("data:export"),
    "import-data": data && may("data:import") && !adopted,
    reset: data && may("data:reset") && !adopted,
    delete: there && may("tenants:delete"),
  };
  return tenantDialogs.filter((name) => rules[name]);
}
