import { showHistory } from "@/lib/history/show-history";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showHistory });
