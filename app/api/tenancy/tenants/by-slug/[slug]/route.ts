import { route } from "@/lib/http/route";
import { showTenantBySlug } from "@/lib/tenants/show-tenant-by-slug";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showTenantBySlug });
