import { AppError } from "@/lib/kernel/errors";
import { nextStatuses, type SettableStatus, type TenantStatus } from "./shapes";

/** Why nobody can choose a status for a tenant, or change what PostgreSQL holds it to: it is not a settled one. */
export const whyNot = {
  provisioning: "it is still being made; wait for its steps to finish",
  failed: "its set-up failed; try the failed step again, or delete it",
  deleted: "it was deleted; restore it first",
  deleting: "it is being deleted",
} as const satisfies Partial<Record<TenantStatus, string>>;

/** Throws `conflict`, saying why, when a tenant can't go from one status to another. */
export function checkTransition(from: TenantStatus, to: SettableStatus): void {
  if (from === to) throw new AppError("conflict", `The tenant is ${to} already.`);
  if (!nextStatuses[from].includes(to)) {
    const why: Partial<Record<TenantStatus, string>> = whyNot;
    throw new AppError("conflict", `The tenant can't become ${to}: ${why[from] ?? `it is ${from}`}.`);
  }
}

/** Throws `conflict` for a tenant that can't be deleted now, since a saga works on it. */
export function checkGoing({ status }: { status: TenantStatus }): void {
  if (status === "deleting") throw new AppError("conflict", "The tenant is being deleted already.");
  if (status === "provisioning") {
    throw new AppError("conflict", "The tenant is still being made. Delete it once its steps have finished or failed.");
  }
}

/** A day as texts name it, in UTC: they are read in every zone. */
export const calendarDay = (time: Date): string => time.toISOString().slice(0, 10);

/** Whether PostgreSQL itself keeps the tenant's role out while it has this status. */
export function locksDatabase(status: TenantStatus): boolean {
  return status === "suspended" || status === "blocked" || status === "deleted" || status === "deleting";
}

/**
 * The name of a new tenant's database and role: the slug for people, the end of the id (random) to make it unique.
 * At most 2 + 40 + 9 = 51 of PostgreSQL's 63 bytes.
 */
export function databaseName(slug: string, id: string): string {
  return `t_${slug.replaceAll("-", "_")}_${id.slice(-8)}`;
}

/** The host under which every tenant is reachable without a domain of its own. */
export function defaultHost(slug: string, appDomain: string): string {
  return `${slug}.${appDomain}`;
}
