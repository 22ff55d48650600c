import { route } from "@/lib/http/route";
import { clearCaches } from "@/lib/system/clear-caches";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: clearCaches });
