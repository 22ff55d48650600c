import { route } from "@/lib/http/route";
import { listProcesses } from "@/lib/processes/list-processes";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listProcesses });
