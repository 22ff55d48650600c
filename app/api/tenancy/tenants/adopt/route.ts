import { route } from "@/lib/http/route";
import { adoptTenant } from "@/lib/tenants/adopt-tenant";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: adoptTenant });
