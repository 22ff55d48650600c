import { route } from "@/lib/http/route";
import { endSupport } from "@/lib/support/end-support";

export const { DELETE } = route({ DELETE: endSupport });
