import { listActions } from "@/lib/bulk/list-actions";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listActions });
