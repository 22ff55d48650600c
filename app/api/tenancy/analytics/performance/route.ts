import { showPerformance } from "@/lib/analytics/show-performance";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showPerformance });
