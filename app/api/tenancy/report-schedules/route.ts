import { route } from "@/lib/http/route";
import { createSchedule } from "@/lib/reports/schedule-create";
import { listSchedules } from "@/lib/reports/schedule-list";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listSchedules, POST: createSchedule });
