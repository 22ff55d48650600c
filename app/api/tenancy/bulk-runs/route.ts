import { listRuns } from "@/lib/bulk/list-runs";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listRuns });
