import { itemLog } from "@/lib/bulk/item-log";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: itemLog });
