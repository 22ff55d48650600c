import { route } from "@/lib/http/route";
import { showMemoryNow } from "@/lib/monitoring/show-memory";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showMemoryNow });
