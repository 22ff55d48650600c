import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { showAuditEventContract } from "./contract";
import { targetNames } from "./target-names";
import { auditView } from "./view";

export const showAuditEvent = operation(showAuditEventContract, async ({ db }, { id }) => {
  const row = await db.auditEvent.findUnique({ where: { id: BigInt(id) } });
  if (!row) throw new AppError("not_found", "There is no such event in the audit trail.");
  const event = auditView(row);
  const names = await targetNames(db, [event]);
  return { ...event, targetName: names.get(event.target ?? "") ?? null };
});
