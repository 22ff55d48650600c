import { invite } from "@/lib/access/invite";
import { listInvitations } from "@/lib/access/list-invitations";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: listInvitations, POST: invite });
