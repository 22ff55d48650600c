import { listAnomalies } from "@/lib/forecast/anomalies";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listAnomalies });
