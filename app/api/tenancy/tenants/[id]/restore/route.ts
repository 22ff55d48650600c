import { route } from "@/lib/http/route";
import { restoreTenant } from "@/lib/tenants/restore-tenant";

export const { POST } = route({ POST: restoreTenant });
