import { endUserSessions } from "@/lib/access/end-user-sessions";
import { route } from "@/lib/http/route";

export const { DELETE } = route({ DELETE: endUserSessions });
