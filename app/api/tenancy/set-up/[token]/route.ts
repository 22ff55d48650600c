import { setUpOwner } from "@/lib/accounts/set-up-owner";
import { showSetUp } from "@/lib/accounts/show-set-up";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showSetUp, POST: setUpOwner });
