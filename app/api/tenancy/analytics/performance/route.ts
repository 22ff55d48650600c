import { showPerformance } from "@/lib/analytics/show-performance";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showPerformance });
