import { route } from "@/lib/http/route";
import { showIsolation } from "@/lib/isolation/show-overview";

export const { GET } = route({ GET: showIsolation });
