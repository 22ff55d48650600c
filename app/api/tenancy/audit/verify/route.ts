import { verifyAudit } from "@/lib/audit/verify-audit";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: verifyAudit });
