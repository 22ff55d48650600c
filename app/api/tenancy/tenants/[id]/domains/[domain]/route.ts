import { removeDomain } from "@/lib/domains/remove-domain";
import { showDomain } from "@/lib/domains/show-domain";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showDomain, DELETE: removeDomain });
