import { route } from "@/lib/http/route";
import { runSchedule } from "@/lib/reports/schedule-run";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: runSchedule });
