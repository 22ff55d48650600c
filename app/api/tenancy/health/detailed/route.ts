import { route } from "@/lib/http/route";
import { showHealth } from "@/lib/system/show-health";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showHealth });
