import { proveStepUp } from "@/lib/accounts/prove-step-up";
import { route } from "@/lib/http/route";

export const { POST } = route({ POST: proveStepUp });
