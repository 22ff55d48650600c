import { listUsers } from "@/lib/access/list-users";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: listUsers });
