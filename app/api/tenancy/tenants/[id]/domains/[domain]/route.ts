import { removeDomain } from "@/lib/domains/remove-domain";
import { route } from "@/lib/http/route";

export const { DELETE } = route({ DELETE: removeDomain });
