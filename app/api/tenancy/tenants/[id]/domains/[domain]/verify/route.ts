import { verifyDomain } from "@/lib/domains/verify-domain";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: verifyDomain });
