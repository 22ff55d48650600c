import { listFleetActivities } from "@/lib/analytics/activities";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listFleetActivities });
