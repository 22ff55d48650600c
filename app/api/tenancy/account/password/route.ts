import { changePassword } from "@/lib/accounts/change-password";
import { route } from "@/lib/http/route";

export const { PUT } = route({ PUT: changePassword });
