import { vouchDomain } from "@/lib/domains/vouch-domain";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: vouchDomain });
