import { route } from "@/lib/http/route";
import { checkIsolation } from "@/lib/isolation/check-isolation";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: checkIsolation });
