import { env } from "@/lib/platform/env";
import type { Db, Prisma } from "@/lib/platform/prisma";
import { defaultHost } from "@/lib/tenants/rules";
import type { DomainDetail, DomainList } from "./contract";
import { recordOf } from "./dns";
import { stateOf } from "./rules";

export type DomainRow = Prisma.DomainGetPayload<object>;

/** A tenant's domains as the API shows them: the primary one first, then the oldest. */
export async function domainList(db: Db, tenant: { id: string; slug: string }): Promise<DomainList> {
  const rows = await db.domain.findMany({
    where: { tenantId: tenant.id },
    orderBy: [{ primary: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });
  return { domains: await details(db, rows), builtIn: defaultHost(tenant.slug, env().TENANTRY_APP_DOMAIN) };
}

/** One domain as the API shows it. */
export async function domainDetailOf(db: Db, row: DomainRow): Promise<DomainDetail> {
  const taken = await takenOf(db, [row.hostname]);
  return detail(row, taken.has(row.hostname));
}

async function details(db: Db, rows: DomainRow[]): Promise<DomainDetail[]> {
  const open = rows.flatMap(({ hostname, verifiedAt }) => (verifiedAt ? [] : hostname));
  const taken = open.length > 0 ? await takenOf(db, open) : new Set<string>();
  return rows.map((row) => detail(row, taken.has(row.hostname)));
}

async function takenOf(db: Db, hostnames: string[]): Promise<Set<string>> {
  const where = { hostname: { in: hostnames }, verifiedAt: { not: null } };
  const held = await db.domain.findMany({ where, select: { hostname: true } });
  return new Set(held.map(({ hostname }) => hostname));
}

function detail(row: DomainRow, taken: boolean): DomainDetail {
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
