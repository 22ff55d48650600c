import { download } from "@/lib/http/download";
import { downloadReport } from "@/lib/reports/download-report";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = download(downloadReport);
