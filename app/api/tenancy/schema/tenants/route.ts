import { listTenantSchemas } from "@/lib/drift/list-tenant-schemas";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listTenantSchemas });
