import { compareTenants } from "@/lib/analytics/compare-tenants";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: compareTenants });
