import { route } from "@/lib/http/route";
import { listPools } from "@/lib/processes/list-pools";

export const { GET } = route({ GET: listPools });
