import { route } from "@/lib/http/route";
import { tenantFacets } from "@/lib/tenants/tenant-facets";

export const { GET } = route({ GET: tenantFacets });
