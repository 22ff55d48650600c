import { listFilters } from "@/lib/filters/list-filters";
import { saveFilter } from "@/lib/filters/save-filter";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listFilters, POST: saveFilter });
