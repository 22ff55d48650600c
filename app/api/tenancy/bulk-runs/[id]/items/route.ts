import { listItems } from "@/lib/bulk/list-items";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listItems });
