import { listRuns } from "@/lib/bulk/list-runs";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listRuns });
