import { route } from "@/lib/http/route";
import { showHolders } from "@/lib/processes/show-holders";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showHolders });
