import { route } from "@/lib/http/route";
import { showLake } from "@/lib/lake/show-lake";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showLake });
