import { vouchDomain } from "@/lib/domains/vouch-domain";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: vouchDomain });
