import { endUserSessions } from "@/lib/access/end-user-sessions";
import { listUserSessions } from "@/lib/access/list-user-sessions";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: listUserSessions,
  DELETE: endUserSessions,
});
