import { route } from "@/lib/http/route";
import { setTenantStatus } from "@/lib/tenants/set-tenant-status";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ PUT: setTenantStatus });
