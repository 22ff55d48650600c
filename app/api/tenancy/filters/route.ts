import { listFilters } from "@/lib/filters/list-filters";
import { saveFilter } from "@/lib/filters/save-filter";
import { route } from "@/lib/http/route";

export const { GET, POST } = route({ GET: listFilters, POST: saveFilter });
