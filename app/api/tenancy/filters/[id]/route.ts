import { editFilter } from "@/lib/filters/edit-filter";
import { removeFilter } from "@/lib/filters/remove-filter";
import { showFilter } from "@/lib/filters/show-filter";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showFilter,
  PATCH: editFilter,
  DELETE: removeFilter,
});
