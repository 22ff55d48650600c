import { setUpOwner } from "@/lib/accounts/set-up-owner";
import { showSetUp } from "@/lib/accounts/show-set-up";
import { route } from "@/lib/http/route";

export const { GET, POST } = route({ GET: showSetUp, POST: setUpOwner });
