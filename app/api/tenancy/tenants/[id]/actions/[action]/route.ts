import { findTenantOperation } from "@/lib/bulk/tenant-operations";
import { routeByName } from "@/lib/http/route-by-name";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = routeByName("action", findTenantOperation);
