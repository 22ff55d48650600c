import { route } from "@/lib/http/route";
import { showTenantUsage } from "@/lib/tenants/show-usage";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showTenantUsage });
