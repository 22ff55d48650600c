import { auditFilter } from "@/lib/audit/contract";
import { tableShape } from "./contract-table";

export const auditTable = tableShape({
  name: "audit",
  title: "Audit trail",
  words: "The audit trail, oldest first, filtered as the list is.",
  access: "audit:read",
  filter: auditFilter.shape,
  columns: {
    id: "the event's number",
    createdAt: "when it happened",
    outcome: "done or refused",
    operation: "what was done",
    actorKind: "user, key, system or nobody",
    actorId: "the id of who did it",
    actor: "who did it, as called then",
    target: "the id of what it was done to",
    reason: "why it was refused",
    input: "what was asked for, as JSON",
    before: "what was changed, as it was, as JSON",
    after: "the same as it is, as JSON",
    requestId: "the request's id",
    ipAddress: "from where it was asked for",
    userAgent: "by which program it was asked for",
    hash: "the link of the chain; none in rows older than that",
  },
});
