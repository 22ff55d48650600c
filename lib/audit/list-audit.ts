import { operation } from "@/lib/gate/operation";
import { listAuditContract } from "./contract";
import { auditWhere } from "./filter";
import { auditView } from "./view";

export const listAudit = operation(listAuditContract, async (ctx, { before, limit, ...filter }) => {
  const rows = await ctx.db.auditEvent.findMany({
    where: { ...auditWhere(filter), ...(before && { id: { lt: BigInt(before) } }) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const events = rows.slice(0, limit).map(auditView);
  return { events, next: rows.length > limit ? (events.at(-1)?.id ?? null) : null };
});
