import { route } from "@/lib/http/route";
import { cancelReport } from "@/lib/reports/cancel-report";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: cancelReport });
