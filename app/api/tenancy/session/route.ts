import { showSession } from "@/lib/accounts/show-session";
import { signOut } from "@/lib/accounts/sign-out";
import { route } from "@/lib/http/route";

export const { GET, DELETE } = route({ GET: showSession, DELETE: signOut });
