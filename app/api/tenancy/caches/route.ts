import { route } from "@/lib/http/route";
import { listCaches } from "@/lib/system/list-caches";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listCaches });
