import { itemLog } from "@/lib/bulk/item-log";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: itemLog });
