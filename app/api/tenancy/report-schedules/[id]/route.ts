import { route } from "@/lib/http/route";
import { editSchedule } from "@/lib/reports/schedule-edit";
import { removeSchedule } from "@/lib/reports/schedule-remove";
import { showSchedule } from "@/lib/reports/schedule-show";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showSchedule,
  PATCH: editSchedule,
  DELETE: removeSchedule,
});
