import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showAnalyticsOverview });
