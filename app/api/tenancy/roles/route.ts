import { listRoles } from "@/lib/access/list-roles";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listRoles });
