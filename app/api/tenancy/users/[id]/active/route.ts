import { setUserActive } from "@/lib/access/set-user-active";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ PUT: setUserActive });
