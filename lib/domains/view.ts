import { env } from "@/lib/platform/env";
import type { Db, Prisma } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import { defaultHost } from "@/lib/tenants/rules";
import type { DomainDetail, DomainList } from "./contract";
import { recordOf } from "./dns";
import { stateOf } from "./rules";

export type DomainRow = Prisma.DomainGetPayload<object>;

type DomainFacts = Omit<DomainRow, "tenantId">;

/** A tenant's domains as the API shows them: the primary one first, then the oldest. */
export async function domainList(db: Db, tenant: { id: string; slug: string }): Promise<DomainList> {
  const rows = await readingOf(db).$queryRaw<(DomainFacts & { taken: boolean })[]>`
    SELECT d.id::text AS id, d.hostname, d.primary, d.token, d.verified_at AS "verifiedAt",
           d.verified_by AS "verifiedBy", d.checked_at AS "checkedAt", d.check_error AS "checkError", d.checks,
           d.next_check_at AS "nextCheckAt", d.created_at AS "createdAt",
           d.verified_at IS NULL AND EXISTS (
             SELECT 1 FROM domains o WHERE o.hostname = d.hostname AND o.verified_at IS NOT NULL) AS taken
      FROM domains d WHERE d.tenant_id = ${tenant.id}::uuid ORDER BY d.primary DESC, d.created_at, d.id`;
  return {
    domains: rows.map((row) => detail(row, row.taken)),
    builtIn: defaultHost(tenant.slug, env().TENANTRY_APP_DOMAIN),
  };
}

/** One domain as the API shows it. */
export async function domainDetailOf(db: Db, row: DomainRow): Promise<DomainDetail> {
  const held = await db.domain.count({ where: { hostname: row.hostname, verifiedAt: { not: null } } });
  return detail(row, held > 0);
}

function detail(row: DomainFacts, taken: boolean): DomainDetail {
  const { id, hostname, primary, verifiedAt, verifiedBy, checkError } = row;
  return {
    id,
    hostname,
    primary: primary && verifiedAt !== null,
    state: stateOf(row, taken),
    record: recordOf(row),
    verifiedAt: verifiedAt?.toISOString() ?? null,
    verifiedBy: verifiedBy === "dns" || verifiedBy === "hand" ? verifiedBy : null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    checkError,
    nextCheckAt: row.nextCheckAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
