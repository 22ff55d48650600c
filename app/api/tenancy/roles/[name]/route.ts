import { removeRole } from "@/lib/access/remove-role";
import { saveRole } from "@/lib/access/save-role";
import { showRole } from "@/lib/access/show-role";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showRole,
  PUT: saveRole,
  DELETE: removeRole,
});
