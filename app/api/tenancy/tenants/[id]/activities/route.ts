import { route } from "@/lib/http/route";
import { listTenantActivities } from "@/lib/tenants/list-tenant-activities";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listTenantActivities });
