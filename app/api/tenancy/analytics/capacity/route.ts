import { showCapacity } from "@/lib/forecast/capacity";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showCapacity });
