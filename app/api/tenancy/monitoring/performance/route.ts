import { route } from "@/lib/http/route";
import { showPerformanceNow } from "@/lib/monitoring/show-performance";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showPerformanceNow });
