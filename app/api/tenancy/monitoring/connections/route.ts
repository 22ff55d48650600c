import { route } from "@/lib/http/route";
import { showConnections } from "@/lib/monitoring/show-connections";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showConnections });
