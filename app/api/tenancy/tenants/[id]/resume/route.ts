import { route } from "@/lib/http/route";
import { resumeTenant } from "@/lib/tenants/resume-tenant";

export const { POST } = route({ POST: resumeTenant });
