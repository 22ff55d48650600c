import { addDomainContract } from "@/lib/domains/contract";
import { refuse } from "@/lib/gate/access";
import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { setTenantStatusContract } from "@/lib/tenants/contract-life";
import { adoptRow } from "./adopt-row";
import { type ImportedTenant, type ImportRow, importRegistryContract } from "./contract";
import { decide, hostOf, statusFor } from "./rules";
import { settleRow } from "./settle-row";
import { readWorld } from "./world";

/** How long one request adopts: it has 30 seconds for its transaction. The rest is answered as "later". */
const patienceMs = 12_000;

export const importRegistryRows = operation(importRegistryContract, async (ctx, input) => {
  checkRights(ctx, input.rows);
  const world = await readWorld(ctx, input);
  const begun = ctx.now().getTime();
  const tenants: ImportedTenant[] = [];
  for (const row of input.rows) {
    const decision = decide(row, world);
    const known = { ...blank(row, input.centralDomain), slug: decision.outcome === "adopt" ? decision.slug : row.slug };
    if (decision.outcome === "left") tenants.push({ ...known, ...decision });
    else if (decision.outcome === "already") tenants.push(await settleRow(ctx, known, decision, input.dryRun));
    else if (input.dryRun) tenants.push({ ...known, outcome: "adopt", suggestedSlug: decision.suggestedSlug });
    else if (ctx.now().getTime() - begun > patienceMs) tenants.push({ ...known, outcome: "later", again: true });
    else tenants.push(await adoptRow(ctx, known, row, decision, input));
  }
  const count = (outcome: ImportedTenant["outcome"]) => tenants.filter((one) => one.outcome === outcome).length;
  const after = { adopted: count("adopted"), already: count("already"), left: count("left"), later: count("later") };
  Object.assign(ctx.note, { target: input.serverId, after: input.dryRun ? { dryRun: true } : after });
  return { tenants, dryRun: input.dryRun };
});

/** Rows that bring a status or domains take the rights to set those. */
function checkRights({ actor }: Ctx, rows: readonly ImportRow[]): void {
  const status = rows.some((row) => (statusFor(row.status) ?? "active") !== "active");
  const domains = rows.some((row) => row.domains.length > 0);
  const refusal =
    (status && refuse(setTenantStatusContract, actor)) || (domains && refuse(addDomainContract, actor)) || undefined;
  if (refusal) throw refusal;
}

function blank({ key, name, slug, database, status, domains }: ImportRow, central: string | null): ImportedTenant {
  return {
    ...{ key, name, slug, database, outcome: "left", reason: null, words: null, suggestedSlug: null, tenant: null },
    domains: domains.map(({ domain }) => ({ hostname: hostOf(domain, central), outcome: "add", words: null })),
    status: statusFor(status) ?? null,
    again: false,
  };
}
