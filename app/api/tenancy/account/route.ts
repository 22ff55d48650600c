import { showAccount } from "@/lib/accounts/show-account";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showAccount });
