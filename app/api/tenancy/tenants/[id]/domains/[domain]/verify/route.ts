import { verifyDomain } from "@/lib/domains/verify-domain";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: verifyDomain });
