import { route } from "@/lib/http/route";
import { tenantFacets } from "@/lib/tenants/tenant-facets";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: tenantFacets });
