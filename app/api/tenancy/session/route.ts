import { showSession } from "@/lib/accounts/show-session";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showSession });
