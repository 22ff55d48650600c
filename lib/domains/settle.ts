import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { announceTenant, recordActivity } from "@/lib/tenants/activity";
import { endClaims, holderOf, holderWords, holdHosts } from "@/lib/tenants/domain";
import { findDomain } from "./find";
import { afterLook, type Look, stateOf } from "./rules";
import type { DomainRow } from "./view";

type Which = { tenantId: string; id: string };

/**
 * A domain's row once nobody else can prove the same host name. Throws `conflict` when another tenant has, and names it
 * to who may know.
 */
export async function holdDomain(ctx: Ctx, { tenantId, id }: Which): Promise<DomainRow> {
  const { hostname } = await findDomain(ctx, tenantId, id);
  await holdHosts(ctx.db, [hostname]);
  const row = await findDomain(ctx, tenantId, id);
  const holder = row.verifiedAt ? null : await holderOf(ctx.db, hostname);
  if (holder) throw new AppError("conflict", holderWords(ctx.actor, holder.tenant));
  return row;
}

/** Writes down what a look at DNS found, in a transaction that holds the tenant's row. */
export async function settle(ctx: Ctx, which: Which, look: Look, asked: boolean): Promise<DomainRow> {
  const before = await holdDomain(ctx, which);
  const after = await change(ctx, before, afterLook(before, look, ctx.now(), asked));
  const turn = turnOf(before, after);
  if (turn) await recordActivity(ctx, { tenantId: before.tenantId, ...turn });
  if (turn || before.checkError !== after.checkError) await announceTenant(ctx.db, before.tenantId);
  return after;
}

/** Takes a domain as verified because somebody says so: DNS is not asked about it any more. */
export async function vouchFor(ctx: Ctx, before: DomainRow, reason: string): Promise<DomainRow> {
  const proof = { verifiedAt: before.verifiedAt ?? ctx.now(), verifiedBy: "hand" };
  const after = await change(ctx, before, { ...proof, checks: 0, checkError: null, nextCheckAt: null });
  const description = `${before.hostname} verified by hand: ${reason}`;
  await recordActivity(ctx, { tenantId: before.tenantId, type: "domain_verified", description });
  await announceTenant(ctx.db, before.tenantId);
  return after;
}

/** The first domain that a tenant has proven becomes its primary one. */
async function change(ctx: Ctx, before: DomainRow, data: Partial<DomainRow>): Promise<DomainRow> {
  const { id, tenantId, hostname } = before;
  const proven = before.verifiedAt === null && data.verifiedAt != null;
  const first = proven && (await ctx.db.domain.count({ where: { tenantId, primary: true } })) === 0;
  const after = await ctx.db.domain.update({ where: { id }, data: { ...data, ...(first && { primary: true }) } });
  if (proven) await endClaims(ctx.db, hostname);
  Object.assign(ctx.note, { target: tenantId, before: told(before), after: told(after) });
  return after;
}

/** What the audit trail keeps of a domain. */
export function told(row: DomainRow) {
  const { hostname, primary, verifiedBy } = row;
  return { hostname, state: stateOf(row, false), primary, verifiedBy };
}

function turnOf(before: DomainRow, after: DomainRow) {
  const { hostname } = after;
  const [was, is] = [stateOf(before, false), stateOf(after, false)];
  if (was === "pending" && is === "verified") return verified(`${hostname} verified by its TXT record`);
  if (was === "lost" && is === "verified") return verified(`${hostname}: its TXT record is there again`);
  if (is === "verified" && before.verifiedBy !== after.verifiedBy)
    return verified(`${hostname}, vouched for by hand before, verified by its TXT record`);
  if (was === "verified" && is === "lost")
    return { type: "domain_lost", description: `${hostname}: its TXT record is gone; it goes on answering` } as const;
  return undefined;
}

const verified = (description: string) => ({ type: "domain_verified", description }) as const;
