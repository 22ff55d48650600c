import { route } from "@/lib/http/route";
import { showFleetSeries } from "@/lib/metrics/show-fleet-series";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showFleetSeries });
