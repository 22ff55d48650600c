import { route } from "@/lib/http/route";
import { listActivities } from "@/lib/tenants/list-activities";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listActivities });
