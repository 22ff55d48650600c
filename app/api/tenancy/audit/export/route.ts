import { exportAudit } from "@/lib/audit/export-audit";
import { download } from "@/lib/http/download";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = download(exportAudit);
