import { route } from "@/lib/http/route";
import { listTenantSteps } from "@/lib/tenants/list-tenant-steps";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listTenantSteps });
