import { route } from "@/lib/http/route";
import { showTenantSeries } from "@/lib/metrics/show-tenant-series";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showTenantSeries });
