import { route } from "@/lib/http/route";
import { listPools } from "@/lib/processes/list-pools";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listPools });
