import { downloadByName } from "@/lib/http/download-by-name";
import { findTableDownload } from "@/lib/reports/download-table";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = downloadByName("name", findTableDownload);
