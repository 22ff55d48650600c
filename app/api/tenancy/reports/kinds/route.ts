import { route } from "@/lib/http/route";
import { listKinds } from "@/lib/reports/list-kinds";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listKinds });
