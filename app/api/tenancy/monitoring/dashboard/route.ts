import { route } from "@/lib/http/route";
import { showDashboard } from "@/lib/monitoring/show-dashboard";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showDashboard });
