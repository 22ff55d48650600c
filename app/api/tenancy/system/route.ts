import { route } from "@/lib/http/route";
import { showSystem } from "@/lib/system/show-system";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showSystem });
