import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showAnalyticsOverview });
