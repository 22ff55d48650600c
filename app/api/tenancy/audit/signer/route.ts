import { showSigner } from "@/lib/audit/show-signer";
import { route } from "@/lib/http/route";

export const { GET } = route({ GET: showSigner });
