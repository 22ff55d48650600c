import { route } from "@/lib/http/route";
import { showOverview } from "@/lib/metrics/show-overview";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showOverview });
