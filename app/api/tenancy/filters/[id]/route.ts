import { removeFilter } from "@/lib/filters/remove-filter";
import { route } from "@/lib/http/route";

export const { DELETE } = route({ DELETE: removeFilter });
