import { withdrawInvitation } from "@/lib/access/withdraw-invitation";
import { route } from "@/lib/http/route";

export const { DELETE } = route({ DELETE: withdrawInvitation });
