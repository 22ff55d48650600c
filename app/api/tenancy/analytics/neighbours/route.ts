import { showNeighbours } from "@/lib/forecast/neighbours";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showNeighbours });
