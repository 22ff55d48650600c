import { showNeighbours } from "@/lib/forecast/neighbours";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showNeighbours });
