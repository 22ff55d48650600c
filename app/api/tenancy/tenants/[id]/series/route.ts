import { route } from "@/lib/http/route";
import { showTenantSeries } from "@/lib/metrics/show-tenant-series";

export const { GET } = route({ GET: showTenantSeries });
