import { listTenantSchemas } from "@/lib/drift/list-tenant-schemas";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listTenantSchemas });
