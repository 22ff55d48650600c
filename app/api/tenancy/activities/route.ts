import { route } from "@/lib/http/route";
import { listActivities } from "@/lib/tenants/list-activities";

export const { GET } = route({ GET: listActivities });
