import { route } from "@/lib/http/route";
import { endSupport } from "@/lib/support/end-support";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ DELETE: endSupport });
