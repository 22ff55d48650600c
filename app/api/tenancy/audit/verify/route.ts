import { verifyAudit } from "@/lib/audit/verify-audit";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: verifyAudit });
