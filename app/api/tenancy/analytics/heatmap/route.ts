import { showHeatmap } from "@/lib/analytics/show-heatmap";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showHeatmap });
