import { download } from "@/lib/http/download";
import { exportTenants } from "@/lib/tenants/export-tenants";

export const GET = download(exportTenants);
