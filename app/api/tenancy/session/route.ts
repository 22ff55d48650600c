import { showSession } from "@/lib/accounts/show-session";
import { signOut } from "@/lib/accounts/sign-out";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showSession, DELETE: signOut });
