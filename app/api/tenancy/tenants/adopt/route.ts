import { route } from "@/lib/http/route";
import { adoptTenant } from "@/lib/tenants/adopt-tenant";

export const { POST } = route({ POST: adoptTenant });
