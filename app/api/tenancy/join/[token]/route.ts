import { acceptInvitation } from "@/lib/access/accept-invitation";
import { showInvitation } from "@/lib/access/show-invitation";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showInvitation, POST: acceptInvitation });
