import { showTenantHistory } from "@/lib/analytics/show-tenant-history";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showTenantHistory });
