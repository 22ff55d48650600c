import { changePassword } from "@/lib/accounts/change-password";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ PUT: changePassword });
