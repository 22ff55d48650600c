import { downloadItem } from "@/lib/bulk/download-item";
import { download } from "@/lib/http/download";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = download(downloadItem);
