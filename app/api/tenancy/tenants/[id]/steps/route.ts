import { route } from "@/lib/http/route";
import { listTenantSteps } from "@/lib/tenants/list-tenant-steps";

export const { GET } = route({ GET: listTenantSteps });
