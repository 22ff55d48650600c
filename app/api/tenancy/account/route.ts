import { showAccount } from "@/lib/accounts/show-account";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showAccount });
