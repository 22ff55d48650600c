import { endOwnSession } from "@/lib/accounts/end-session";
import { route } from "@/lib/http/route";

export const { DELETE } = route({ DELETE: endOwnSession });
