import { route } from "@/lib/http/route";
import { showHolders } from "@/lib/processes/show-holders";

export const { GET } = route({ GET: showHolders });
