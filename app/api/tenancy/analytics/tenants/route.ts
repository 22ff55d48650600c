import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listTenantUse });
