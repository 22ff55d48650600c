import { showGrowth } from "@/lib/analytics/show-growth";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showGrowth });
