import { route } from "@/lib/http/route";
import { createReport } from "@/lib/reports/create-report";
import { listReports } from "@/lib/reports/list-reports";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listReports, POST: createReport });
