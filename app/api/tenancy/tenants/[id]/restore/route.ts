import { route } from "@/lib/http/route";
import { restoreTenant } from "@/lib/tenants/restore-tenant";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: restoreTenant });
