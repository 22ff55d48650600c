import { route } from "@/lib/http/route";
import { showTenantStatements } from "@/lib/monitoring/show-statements";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showTenantStatements });
