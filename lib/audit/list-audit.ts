import { operation } from "@/lib/gate/operation";
import { listAuditContract } from "./contract";
import { auditWhere } from "./filter";
import { targetNames } from "./target-names";
import { auditView } from "./view";

export const listAudit = operation(listAuditContract, async (ctx, { before, limit, ...filter }) => {
  const rows = await ctx.db.auditEvent.findMany({
    where: { ...auditWhere(filter), ...(before && { id: { lt: BigInt(before) } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit).map(auditView);
  const names = await targetNames(ctx.db, page);
  const events = page.map((event) => ({ ...event, targetName: names.get(event.target ?? "") ?? null }));
  return { events, next: rows.length > limit ? (events.at(-1)?.id ?? null) : null };
});
