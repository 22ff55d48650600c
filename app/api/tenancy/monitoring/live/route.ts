import { route } from "@/lib/http/route";
import { showLive } from "@/lib/monitoring/show-live";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showLive });
