import { endAllSessions } from "@/lib/accounts/end-all-sessions";
import { listSessions } from "@/lib/accounts/list-sessions";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listSessions, DELETE: endAllSessions });
