import { route } from "@/lib/http/route";
import { showIsolation } from "@/lib/isolation/show-overview";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showIsolation });
