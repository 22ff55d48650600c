import { showTenantSchema } from "@/lib/drift/show-tenant-schema";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showTenantSchema });
