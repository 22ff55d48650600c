import { compareTenants } from "@/lib/analytics/compare-tenants";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: compareTenants });
