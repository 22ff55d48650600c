import { listAudit } from "@/lib/audit/list-audit";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listAudit });
