import { removeRole } from "@/lib/access/remove-role";
import { saveRole } from "@/lib/access/save-role";
import { route } from "@/lib/http/route";

export const { PUT, DELETE } = route({ PUT: saveRole, DELETE: removeRole });
