import { showSigner } from "@/lib/audit/show-signer";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ GET: showSigner });
