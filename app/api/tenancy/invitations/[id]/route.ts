import { showOpenInvitation } from "@/lib/access/show-open-invitation";
import { withdrawInvitation } from "@/lib/access/withdraw-invitation";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({
  GET: showOpenInvitation,
  DELETE: withdrawInvitation,
});
