import { proveStepUp } from "@/lib/accounts/prove-step-up";
import { route } from "@/lib/http/route";

export const { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } = route({ POST: proveStepUp });
