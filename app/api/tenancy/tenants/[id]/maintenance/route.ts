import { route } from "@/lib/http/route";
import { endMaintenance } from "@/lib/maintenance/end-maintenance";
import { showMaintenance } from "@/lib/maintenance/show-maintenance";
import { startMaintenance } from "@/lib/maintenance/start-maintenance";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showMaintenance,
  PUT: startMaintenance,
  DELETE: endMaintenance,
});
