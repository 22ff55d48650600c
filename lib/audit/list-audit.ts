import { operation } from "@/lib/gate/operation";
import { cursorAt, type PlaceShape, placeAt } from "@/lib/kernel/page";
import { listAuditContract } from "./contract";
import { auditWhere } from "./filter";
import { targetNames } from "./target-names";
import { auditView } from "./view";

export const listAudit = operation(listAuditContract, async (ctx, { cursor, limit, order, ...filter }) => {
  const list = `audit.list ${order}`;
  const rows = await ctx.db.auditEvent.findMany({
    where: { ...auditWhere(filter), ...(cursor !== undefined && { id: beyond(list, order, cursor) }) },
    orderBy: { id: order },
    take: limit + 1,
  });
  const page = rows.slice(0, limit).map(auditView);
  const names = await targetNames(ctx.db, page);
  const events = page.map((event) => ({ ...event, targetName: names.get(event.target ?? "") ?? null }));
  const last = page.at(-1);
  return { events, next: rows.length > limit && last ? cursorAt(list, [last.id]) : null };
});

const shape: PlaceShape = [{ kind: "id" }];

function beyond(list: string, order: "asc" | "desc", cursor: string): { gt: bigint } | { lt: bigint } {
  const id = BigInt(placeAt(list, shape, cursor)[0] ?? 0);
  return order === "asc" ? { gt: id } : { lt: id };
}
