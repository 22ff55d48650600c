import { randomBytes } from "node:crypto";
import { type Actor, scopeOf } from "@/lib/gate/context";
import { newId } from "@/lib/kernel/ids";
import { inScope, type Scoped } from "@/lib/kernel/scope";
import { env } from "@/lib/platform/env";
import { hostsOf } from "@/lib/platform/hosts";
import type { Db } from "@/lib/platform/prisma";
import { announceTenant } from "./activity";
import { calendarDay } from "./rules";
import type { TenantStatus } from "./shapes";

/** What goes before a host name where its TXT record belongs. */
export const recordPrefix = "_tenantry.";

const longestName = 253;

/** A new domain's row: verified at once where `DOMAIN_VERIFICATION` is off, otherwise DNS is asked soon. */
export function newDomain(hostname: string, now: Date) {
  const proven = env().DOMAIN_VERIFICATION === "off";
  return {
    id: newId(now),
    hostname,
    token: randomBytes(20).toString("hex"),
    createdAt: now,
    ...(proven ? { verifiedAt: now, verifiedBy: "hand" } : { nextCheckAt: now }),
  };
}

/** Why no tenant at all can have a host name as a domain of its own; undefined when one can. */
export function refusedHost(hostname: string): string | undefined {
  const { TENANTRY_APP_DOMAIN: base, TENANTRY_URL, TENANTRY_HOSTS } = env();
  if (hostname === base || hostname.endsWith(`.${base}`)) return `Hosts under ${base} belong to the tenants' slugs.`;
  const own = [...hostsOf(TENANTRY_URL, TENANTRY_HOSTS)].map((host) => host.replace(/:\d+$/, ""));
  if (own.includes(hostname)) return "This console itself answers under this domain.";
  if (recordPrefix.length + hostname.length > longestName) {
    return `Use at most ${longestName - recordPrefix.length} characters: the record that proves it stands below it.`;
  }
  return undefined;
}

type Holder = Scoped & { slug: string; status: TenantStatus; purgeAfter: Date | null };

/** Whether somebody may learn of a tenant at all. */
function maySee(actor: Actor, tenant: Scoped): boolean {
  const allowed = actor.kind === "system" || (actor.kind !== "nobody" && actor.permissions.includes("tenants:read"));
  return allowed && inScope(scopeOf(actor), tenant);
}

/** Who has a domain already, as far as somebody may know of that tenant. */
export function holderWords(actor: Actor, holder: Holder): string {
  if (!maySee(actor, holder)) return "Another tenant has this domain.";
  const until = stillHeld(actor, holder, "domain");
  return until ?? `The tenant ${holder.slug} has this domain. Remove it there first, or choose another.`;
}

/** What is taken by a deleted tenant comes free by itself: told to those who may know of that tenant. */
export function stillHeld(actor: Actor, tenant: Holder, what: "slug" | "domain"): string | undefined {
  if (tenant.status !== "deleted" || !tenant.purgeAfter || !maySee(actor, tenant)) return undefined;
  const day = calendarDay(tenant.purgeAfter);
  return `A deleted tenant still holds this ${what} until ${day}. Restore or purge that one, or choose another ${what}.`;
}

/** Nobody else proves, frees or takes these host names until the caller's transaction ends. */
export async function holdHosts(db: Db, hostnames: readonly string[]): Promise<void> {
  // In one order for all, so that two who want several never wait for each other.
  await db.$executeRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended('domain ' || host, 1)))
    FROM (SELECT unnest(${hostnames}::text[]) AS host ORDER BY 1) AS wanted`;
}

/** Who has proven a host name; null when nobody has. */
export async function holderOf(db: Db, hostname: string) {
  return await db.domain.findFirst({ where: { hostname, verifiedAt: { not: null } }, include: { tenant: true } });
}

/** A host name was proven: the other claims to it have lost, and DNS is not asked about them any more. */
export async function endClaims(db: Db, hostname: string): Promise<void> {
  const lost = await db.$queryRaw<{ tenantId: string }[]>`
    UPDATE domains SET next_check_at = NULL, check_error = 'Another tenant has proven this domain.'
    WHERE hostname = ${hostname} AND verified_at IS NULL RETURNING tenant_id AS "tenantId"`;
  for (const { tenantId } of lost) await announceTenant(db, tenantId);
}

/** Host names came free: DNS is asked about the claims to them again. */
export async function wakeClaims(db: Db, hostnames: readonly string[], now: Date): Promise<void> {
  const woken = await db.$queryRaw<{ tenantId: string }[]>`
    UPDATE domains SET next_check_at = ${now}, check_error = NULL, checks = 0
    WHERE hostname = ANY(${hostnames}) AND verified_at IS NULL RETURNING tenant_id AS "tenantId"`;
  for (const tenantId of new Set(woken.map((one) => one.tenantId))) await announceTenant(db, tenantId);
}
