import { exportAudit } from "@/lib/audit/export-audit";
import { download } from "@/lib/http/download";

export const GET = download(exportAudit);
