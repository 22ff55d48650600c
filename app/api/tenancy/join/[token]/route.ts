import { acceptInvitation } from "@/lib/access/accept-invitation";
import { showInvitation } from "@/lib/access/show-invitation";
import { route } from "@/lib/http/route";

export const { GET, POST } = route({ GET: showInvitation, POST: acceptInvitation });
