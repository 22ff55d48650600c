import { listFleetActivities } from "@/lib/analytics/activities";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listFleetActivities });
