import { setUserActive } from "@/lib/access/set-user-active";
import { route } from "@/lib/http/route";

export const { PUT } = route({ PUT: setUserActive });
