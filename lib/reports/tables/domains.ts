import { recordOf } from "@/lib/domains/dns";
import { lostAfter } from "@/lib/domains/rules";
import { Prisma } from "@/lib/platform/prisma";
import { seeTenant } from "@/lib/tenants/find";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { domainsTable } from "../contract-tables-tenants";
import { plain, shown, sqlTable, time, words } from "../table-sql";

const verified = Prisma.sql`d.verified_at IS NOT NULL`;

/** As lib/domains/rules.ts has it. */
const state = Prisma.sql`CASE
  WHEN ${verified} AND d.verified_by = 'dns' AND d.checks >= ${lostAfter} THEN 'lost' WHEN ${verified} THEN 'verified'
  WHEN EXISTS (SELECT 1 FROM domains o WHERE o.hostname = d.hostname AND o.verified_at IS NOT NULL) THEN 'taken'
  ELSE 'pending' END`;

/** Tenants' own domains, tenant by tenant, of each the primary one first. */
export const domains = sqlTable(domainsTable, async (ctx, { tenant, ...filter }) => {
  if (tenant !== undefined) await seeTenant(ctx, tenant);
  const one = tenant === undefined ? Prisma.empty : Prisma.sql`AND t.id = ${tenant}::uuid`;
  return {
    columns: {
      id: plain(Prisma.sql`d.id`),
      tenant: words(Prisma.sql`t.slug`),
      tenantId: plain(Prisma.sql`t.id`),
      name: words(Prisma.sql`t.name`),
      hostname: words(Prisma.sql`d.hostname`),
      primary: plain(Prisma.sql`d.primary AND ${verified}`),
      state: words(state),
      recordName: shown(Prisma.sql`d.hostname`, (hostname) => recordOf({ hostname, token: "" }).name),
      recordValue: shown(Prisma.sql`d.token`, (token) => recordOf({ hostname: "", token }).value),
      verifiedAt: time(Prisma.sql`d.verified_at`),
      verifiedBy: words(Prisma.sql`d.verified_by`),
      checkedAt: time(Prisma.sql`d.checked_at`),
      checkError: words(Prisma.sql`d.check_error`),
      nextCheckAt: time(Prisma.sql`d.next_check_at`),
      createdAt: time(Prisma.sql`d.created_at`),
    },
    from: Prisma.sql`domains d JOIN tenants t ON t.id = d.tenant_id WHERE ${tenantCondition(ctx.actor, filter)} ${one}`,
    order: Prisma.sql`t.slug, d.primary DESC, d.created_at, d.id`,
  };
});
