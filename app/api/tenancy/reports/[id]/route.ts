import { route } from "@/lib/http/route";
import { removeReport } from "@/lib/reports/remove-report";
import { showReport } from "@/lib/reports/show-report";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showReport,
  DELETE: removeReport,
});
