import { endOwnSession } from "@/lib/accounts/end-session";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ DELETE: endOwnSession });
