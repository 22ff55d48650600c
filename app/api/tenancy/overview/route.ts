import { route } from "@/lib/http/route";
import { showOverview } from "@/lib/metrics/show-overview";

export const { GET } = route({ GET: showOverview });
