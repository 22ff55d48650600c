import { route } from "@/lib/http/route";
import { setTenantStatus } from "@/lib/tenants/set-tenant-status";

export const { PUT } = route({ PUT: setTenantStatus });
