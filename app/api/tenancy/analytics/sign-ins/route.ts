import { listSignIns } from "@/lib/analytics/sign-ins";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listSignIns });
