import { route } from "@/lib/http/route";
import { listProcesses } from "@/lib/processes/list-processes";

export const { GET } = route({ GET: listProcesses });
