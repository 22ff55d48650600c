import { route } from "@/lib/http/route";
import { showHosts } from "@/lib/monitoring/show-hosts";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showHosts });
