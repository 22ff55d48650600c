import { showTenantHistory } from "@/lib/analytics/show-tenant-history";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showTenantHistory });
