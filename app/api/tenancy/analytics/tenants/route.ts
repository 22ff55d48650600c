import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listTenantUse });
