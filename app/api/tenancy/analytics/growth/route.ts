import { showGrowth } from "@/lib/analytics/show-growth";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showGrowth });
