import { showHeatmap } from "@/lib/analytics/show-heatmap";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showHeatmap });
