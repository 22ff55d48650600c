import { listActions } from "@/lib/bulk/list-actions";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listActions });
