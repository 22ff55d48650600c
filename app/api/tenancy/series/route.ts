import { route } from "@/lib/http/route";
import { showFleetSeries } from "@/lib/metrics/show-fleet-series";

export const { GET } = route({ GET: showFleetSeries });
