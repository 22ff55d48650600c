import { download } from "@/lib/http/download";
import { exportTenants } from "@/lib/tenants/export-tenants";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = download(exportTenants);
