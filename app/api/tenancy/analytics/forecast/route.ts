import { forecast } from "@/lib/forecast/forecast";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: forecast });
