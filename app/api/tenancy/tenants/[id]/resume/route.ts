import { route } from "@/lib/http/route";
import { resumeTenant } from "@/lib/tenants/resume-tenant";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: resumeTenant });
