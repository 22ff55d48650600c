import { forecast } from "@/lib/forecast/forecast";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: forecast });
