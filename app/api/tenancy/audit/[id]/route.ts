import { showAuditEvent } from "@/lib/audit/show-event";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showAuditEvent });
