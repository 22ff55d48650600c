import { showCapacity } from "@/lib/forecast/capacity";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showCapacity });
