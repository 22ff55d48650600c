import { listAnomalies } from "@/lib/forecast/anomalies";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listAnomalies });
