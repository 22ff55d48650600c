import { showTenantSchema } from "@/lib/drift/show-tenant-schema";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showTenantSchema });
