import { downloadItem } from "@/lib/bulk/download-item";
import { download } from "@/lib/http/download";

export const GET = download(downloadItem);
