import { showMemoryUse } from "@/lib/analytics/show-resource";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showMemoryUse });
