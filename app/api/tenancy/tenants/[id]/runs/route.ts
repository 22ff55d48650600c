import { listTenantRuns } from "@/lib/bulk/list-tenant-runs";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listTenantRuns });
